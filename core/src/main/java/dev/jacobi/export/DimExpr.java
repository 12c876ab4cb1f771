package dev.jacobi.export;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A size that may depend on dimension variables: a sum of terms, as JAX writes it, such as {@code
 * 2*b + floordiv(n, 2)*b - 1}.
 */
public record DimExpr(List<Term> terms) {
  public DimExpr {
    terms = List.copyOf(terms);
  }

  /** A whole number times a product of factors. */
  record Term(long coefficient, List<Factor> factors) {
    Term {
      factors = List.copyOf(factors);
    }

    /** The variable, if that is the only factor. */
    boolean isVariable() {
      return factors.size() == 1
          && factors.getFirst() instanceof Factor(Variable v, long exponent)
          && exponent == 1;
    }

    Term negated() {
      return new Term(Math.negateExact(coefficient), factors);
    }

    long evaluate(Map<String, Long> sizes) {
      long value = coefficient;
      for (Factor factor : factors) {
        value = Math.multiplyExact(value, factor.evaluate(sizes));
      }
      return value;
    }

    Stream<String> variables() {
      return factors.stream().flatMap(f -> f.base.variables());
    }

    @Override
    public String toString() {
      long size = Math.absExact(coefficient);
      String product = factors.stream().map(Factor::toString).collect(Collectors.joining("*"));
      return factors.isEmpty() ? "" + size : size == 1 ? product : size + "*" + product;
    }
  }

  /** A power. */
  record Factor(Base base, long exponent) {
    long evaluate(Map<String, Long> sizes) {
      return Math.powExact(base.evaluate(sizes), Math.toIntExact(exponent));
    }

    @Override
    public String toString() {
      return exponent == 1 ? base.toString() : base + "^" + exponent;
    }
  }

  /** What factors are powers of. */
  sealed interface Base {
    long evaluate(Map<String, Long> sizes);

    Stream<String> variables();
  }

  /** A dimension variable. */
  record Variable(String name) implements Base {
    @Override
    public long evaluate(Map<String, Long> sizes) {
      return sizes.get(name);
    }

    @Override
    public Stream<String> variables() {
      return Stream.of(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** The operations on sizes that are no sums or products; rounding is that of Python. */
  enum Operation {
    FLOORDIV {
      @Override
      long apply(long a, long b) {
        return Math.floorDiv(a, b);
      }
    },
    MOD {
      @Override
      long apply(long a, long b) {
        return Math.floorMod(a, b);
      }
    },
    MAX {
      @Override
      long apply(long a, long b) {
        return Math.max(a, b);
      }
    },
    MIN {
      @Override
      long apply(long a, long b) {
        return Math.min(a, b);
      }
    };

    abstract long apply(long a, long b);
  }

  /** An operation on two sizes. */
  record Applied(Operation operation, DimExpr left, DimExpr right) implements Base {
    @Override
    public long evaluate(Map<String, Long> sizes) {
      return operation.apply(left.evaluate(sizes), right.evaluate(sizes));
    }

    @Override
    public Stream<String> variables() {
      return Stream.concat(left.variables().stream(), right.variables().stream());
    }

    @Override
    public String toString() {
      String name = operation.name().toLowerCase(java.util.Locale.ROOT);
      return name + "(" + left + ", " + right + ")";
    }
  }

  /** A number. */
  public static DimExpr of(long size) {
    return new DimExpr(List.of(new Term(size, List.of())));
  }

  /**
   * Reads JAX's text.
   *
   * @throws ExportException.Unsupported if it is none
   */
  public static DimExpr parse(String text) {
    return new DimParser(text).parse();
  }

  /** Whether it holds no variable. */
  public boolean isConstant() {
    return terms.stream().allMatch(t -> t.factors.isEmpty());
  }

  /** The names of the variables in it, sorted. */
  public Set<String> variables() {
    return terms.stream().flatMap(Term::variables).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Its value.
   *
   * @param sizes one per variable
   * @throws ArithmeticException if a division by zero or an overflow occurs
   */
  public long evaluate(Map<String, Long> sizes) {
    long sum = 0;
    for (Term term : terms) {
      sum = Math.addExact(sum, term.evaluate(sizes));
    }
    return sum;
  }

  /** JAX's text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Term term : terms) {
      boolean first = text.isEmpty();
      boolean minus = term.coefficient < 0;
      text.append(first ? minus ? "- " : "" : minus ? " - " : " + ").append(term);
    }
    // a negative number is one word, a negative term two
    return isConstant() && terms.size() == 1 ? "" + terms.getFirst().coefficient : text.toString();
  }
}
