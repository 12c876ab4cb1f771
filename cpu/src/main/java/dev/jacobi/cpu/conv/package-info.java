/**
 * Convolutions.
 *
 * <p>A convolution is a contraction: every dimension of the batch, the places of the windows, the
 * kernel and the features is a loop that moves the two operands and the result by fixed strides
 * ({@link dev.jacobi.cpu.conv.ConvPlan}); padding has been written out before. So it is a batch of
 * sums of matrix products over the operands where they lie, for the kernels of {@code cpu.gemm}:
 * windows are never copied out. The loop whose steps are 1 in one operand and in the result becomes
 * the columns, whatever it means: output features, or places, or (in gradients by weights, where
 * batch and features change roles) anything else. Groups of one feature have no matrix: their
 * groups are the lanes of {@link dev.jacobi.cpu.conv.LaneKernel}.
 *
 * <p>Dilation of the input divides the places of the windows into phases, each of which meets every
 * n-th element of the kernel: each phase is a contraction of its own, and the zeros between the
 * input's elements are neither stored nor multiplied (so that they do not make infinities of the
 * kernel NaN either).
 *
 * <p>Each element of the result is one chain of multiply-adds, in an order that the operation's
 * attributes and shapes alone decide.
 */
package dev.jacobi.cpu.conv;
