package dev.jacobi.cpu.emit;

/** How a loop hands a carried array to its next iteration. */
enum Carry {
  IN_PLACE, // updated in place
  SWAPPED, // written to a second buffer, which becomes the first
  COPIED // copied to the second buffer at the end of the iteration
}
