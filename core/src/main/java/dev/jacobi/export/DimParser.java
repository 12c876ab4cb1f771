package dev.jacobi.export;

import dev.jacobi.export.DimExpr.Applied;
import dev.jacobi.export.DimExpr.Factor;
import dev.jacobi.export.DimExpr.Operation;
import dev.jacobi.export.DimExpr.Term;
import dev.jacobi.export.DimExpr.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as JAX writes them: sums of products of names, numbers, powers and operations. */
final class DimParser {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*([0-9]+|[\\p{L}_][\\p{L}\\p{N}_]*|[-+*^(),])?");
  private static final int DEPTH = 50;
  private static final int LENGTH = 10_000;

  private final String text;
  private final Matcher tokens;
  private String token = "";

  DimParser(String text) {
    this.text = text;
    if (text.length() > LENGTH) {
      throw error("it is longer than " + LENGTH + " characters");
    }
    this.tokens = TOKEN.matcher(text);
    next();
  }

  DimExpr parse() {
    DimExpr expr = sum(0);
    if (!token.isEmpty() || tokens.end() != text.length()) {
      throw error("its end is expected at '" + token + text.substring(tokens.end()) + "'");
    }
    return expr;
  }

  /** Moves to the next token, which is empty at the end and before what is no token. */
  private void next() {
    int from = tokens.hasMatch() ? tokens.end() : 0;
    tokens.region(from, text.length());
    tokens.lookingAt();
    token = tokens.group(1) == null ? "" : tokens.group(1);
  }

  private ExportException error(String why) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
    return new ExportException.Unsupported("the symbolic size '" + shown + "': " + why);
  }

  private boolean accept(String wanted) {
    boolean found = token.equals(wanted);
    if (found) {
      next();
    }
    return found;
  }

  private void expect(String wanted) {
    if (!accept(wanted)) {
      throw error("'" + wanted + "' is expected in place of '" + token + "'");
    }
  }

  private DimExpr sum(int depth) {
    if (depth > DEPTH) {
      throw error("it is nested more than " + DEPTH + " deep");
    }
    List<Term> terms = new ArrayList<>();
    boolean minus = accept("-");
    if (!minus) {
      accept("+");
    }
    do {
      Term term = product(depth);
      terms.add(minus ? term.negated() : term);
      minus = token.equals("-");
    } while (accept("-") || accept("+"));
    return new DimExpr(terms);
  }

  private Term product(int depth) {
    long coefficient = 1;
    List<Factor> factors = new ArrayList<>();
    do {
      boolean minus = accept("-");
      if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
        long number = number();
        long power = accept("^") ? number() : 1;
        coefficient = exact(minus ? -coefficient : coefficient, number, power);
      } else if (minus) {
        throw error("a number is expected in place of '" + token + "'");
      } else {
        DimExpr.Base base = base(depth);
        factors.add(new Factor(base, accept("^") ? number() : 1));
      }
    } while (accept("*"));
    return new Term(coefficient, factors);
  }

  private long exact(long coefficient, long number, long power) {
    try {
      return Math.multiplyExact(coefficient, Math.powExact(number, Math.toIntExact(power)));
    } catch (ArithmeticException e) {
      throw error("a number in it is too large");
    }
  }

  private long number() {
    try {
      long value = Long.parseLong(token);
      next();
      return value;
    } catch (NumberFormatException e) {
      throw error("a number is expected in place of '" + token + "'");
    }
  }

  private DimExpr.Base base(int depth) {
    String name = token;
    if (name.isEmpty() || !Character.isLetter(name.charAt(0)) && name.charAt(0) != '_') {
      throw error("a name or number is expected in place of '" + name + "'");
    }
    next();
    for (Operation operation : Operation.values()) {
      if (operation.name().toLowerCase(Locale.ROOT).equals(name)) {
        expect("(");
        DimExpr left = sum(depth + 1);
        expect(",");
        DimExpr right = sum(depth + 1);
        expect(")");
        return new Applied(operation, left, right);
      }
    }
    return new Variable(name);
  }
}
