/** Where arrays lie: meshes of devices, and arrays divided among them. */
package dev.jacobi.sharding;
