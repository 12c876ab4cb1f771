package dev.jacobi.export;

import java.util.List;

/** Everything about an exported function but its programs. See {@link Exported}'s accessors. */
record Signature(
    String funName,
    PyTree inTree,
    List<ShapedArray> inAvals,
    PyTree outTree,
    List<ShapedArray> outAvals,
    long nrDevices,
    List<String> platforms,
    List<String> orderedEffects,
    List<String> unorderedEffects,
    List<DisabledSafetyCheck> disabledSafetyChecks,
    int callingConventionVersion,
    List<Integer> moduleKeptVarIdx,
    boolean usesGlobalConstants) {
  Signature {
    inAvals = List.copyOf(inAvals);
    outAvals = List.copyOf(outAvals);
    platforms = List.copyOf(platforms);
    orderedEffects = List.copyOf(orderedEffects);
    unorderedEffects = List.copyOf(unorderedEffects);
    disabledSafetyChecks = List.copyOf(disabledSafetyChecks);
    moduleKeptVarIdx = List.copyOf(moduleKeptVarIdx);
  }
}
