/** What the modules of SciPy share: element types, dimensions and rows of their operands. */
@NullMarked
package dev.jacobi.scipy.operands;

import org.jspecify.annotations.NullMarked;
