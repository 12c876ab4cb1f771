/** The structs and functions of the PJRT C API: one table says where every field lies. */
package dev.jacobi.pjrt.struct;
