/**
 * The purity check: does a function that is about to be transformed read or change anything besides
 * its arguments?
 *
 * <p>A traced function runs once; what it prints, draws or reads from a mutable field is done or
 * kept then, and never again. This package finds such code before it surprises: {@link
 * dev.jacobi.purity.Body} finds the method behind a lambda, {@link dev.jacobi.purity.ClassFiles}
 * reads its class, {@link dev.jacobi.purity.MethodScan} walks its instructions with {@link
 * dev.jacobi.purity.Frame} knowing which objects were made inside the function, {@link
 * dev.jacobi.purity.Platform} is the table of the JDK's impure methods, {@link
 * dev.jacobi.purity.Purity} reports. The check is a help, not a proof: it follows calls within the
 * user's own code as far as they can be resolved without running it.
 */
package dev.jacobi.purity;
