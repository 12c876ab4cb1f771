package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** What is known of a function's values, at an instruction of one of its blocks. */
record Scope(Facts facts, Frame frame, Loc loc) {

  /** The values that stand for the old ones, and the numbers that some of both have. */
  record Facts(Map<Value, Value> now, Map<Value, Literal> known, Map<Value, Instr> defined) {
    Facts() {
      this(new IdentityHashMap<>(), new IdentityHashMap<>(), new IdentityHashMap<>());
    }
  }

  HloBuilder out() {
    return frame.out();
  }

  /** The new value; a constant where the number is known. */
  Value use(Value old) {
    Literal literal = facts.known.get(old);
    if (literal == null) {
      return facts.now.get(old);
    }
    Value constant = frame.constant(literal);
    facts.known.put(constant, literal);
    return constant;
  }

  TensorType type(Value old) {
    Literal literal = facts.known.get(old);
    return literal == null ? facts.now.get(old).type() : literal.type();
  }

  Optional<Literal> known(Value old) {
    return Optional.ofNullable(facts.known.get(old));
  }

  /** The elements of what describes a shape. */
  Longs numbers(Op op, Value old) {
    Literal l = known(old).orElseThrow(() -> unsupported(op, "whose shape is not a constant"));
    return Longs.of(LongStream.range(0, l.shape().size()).map(l::getLong).toArray());
  }

  UnsupportedOpException unsupported(Op op, String why) {
    return new UnsupportedOpException(op.mnemonic() + " " + why, loc.toString());
  }
}
