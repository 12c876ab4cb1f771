/**
 * Plugins with the PJRT C API, called through the foreign function interface: how XLA's compilers
 * for CPUs, GPUs and TPUs run programs. Source of the interface: {@code xla/pjrt/c/pjrt_c_api.h}.
 */
package dev.jacobi.pjrt;
