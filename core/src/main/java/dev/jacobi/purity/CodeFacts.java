package dev.jacobi.purity;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one walk from top to bottom must know beforehand: where jumps go, and which local variables
 * are assigned more than once.
 */
final class CodeFacts {
  private final Set<Label> targets = new HashSet<>();
  private final Map<Integer, Integer> stores = new HashMap<>();

  CodeFacts(CodeModel code) {
    code.exceptionHandlers().forEach(h -> targets.add(h.handler()));
    for (CodeElement element : code) {
      if (element instanceof StoreInstruction s) {
        stores.merge(s.slot(), 1, Integer::sum);
      } else if (element instanceof BranchInstruction b) {
        targets.add(b.target());
      } else if (element instanceof LookupSwitchInstruction s) {
        cases(s.cases(), s.defaultTarget());
      } else if (element instanceof TableSwitchInstruction s) {
        cases(s.cases(), s.defaultTarget());
      }
    }
  }

  private void cases(List<SwitchCase> cases, Label otherwise) {
    cases.forEach(c -> targets.add(c.target()));
    targets.add(otherwise);
  }

  /** Whether a jump may go to the label. */
  boolean isTarget(Label label) {
    return targets.contains(label);
  }

  /** How often the code assigns a local variable. */
  int stores(int slot) {
    return stores.getOrDefault(slot, 0);
  }
}
