/**
 * The purity check: does a function that is about to be transformed read or change anything besides
 * its arguments?
 *
 * <p>A traced function runs once; what it prints, draws or reads from a mutable field is done or
 * kept then, and never again. This package finds such code before it surprises: {@link
 * dev.jacobi.purity.Body} finds the method behind a lambda, {@link dev.jacobi.purity.ClassFiles}
 * reads its class, {@link dev.jacobi.purity.MethodScan} walks its instructions with {@link
 * dev.jacobi.purity.Frame} knowing which objects were made inside the function, {@link
 * dev.jacobi.purity.Hierarchy} finds what a call of an overridable method may run, {@link
 * dev.jacobi.purity.Platform} is the table of the JDK's impure methods, {@link
 * dev.jacobi.purity.Purity} reports.
 *
 * <p>The check is a help, not a proof. It follows calls within the user's own code, through
 * interfaces and overridden methods as well where all classes that may run are in sight; where they
 * are not, it says that it could not check. It does not follow what the JDK's own methods call
 * back, except lambdas, and takes a class that could be extended elsewhere to be what it is here.
 */
package dev.jacobi.purity;
