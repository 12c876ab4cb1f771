package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.DotOptions;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sums of products over named dimensions. Operands are contracted in pairs, at each step the pair
 * whose product is smallest; a pair is one dot_general.
 */
final class Einsum {
  private final String text;
  private final Map<Character, Long> sizes = new HashMap<>();
  private final List<Term> terms = new ArrayList<>();
  private String result = "";

  /** An array and the name of each of its dimensions. */
  private record Term(Array array, String names) {
    boolean has(char name) {
      return names.indexOf(name) >= 0;
    }

    Axes at(String wanted) {
      return Axes.of(wanted.chars().map(names::indexOf).toArray());
    }
  }

  private final DotOptions options;

  private Einsum(String text, DotOptions options) {
    this.text = text;
    this.options = options;
  }

  static Array of(String subscripts, List<Array> operands, DotOptions options) {
    Einsum sum = new Einsum(subscripts.replace(" ", ""), options);
    sum.parse(operands);
    Array y = sum.contract();
    return options.preferredElementType().map(t -> Promotion.convert(y, t, false)).orElse(y);
  }

  private LaxTypeException error(String problem) {
    return new LaxTypeException("einsum", "\"" + text + "\": " + problem);
  }

  private void parse(List<Array> operands) {
    String[] sides = text.split("->", -1);
    String[] inputs = sides[0].split(",", -1);
    if (sides.length > 2 || inputs.length != operands.size()) {
      throw error("names " + inputs.length + " operands, but " + operands.size() + " are given");
    }
    DType t = Promotion.join(operands.stream().map(Array::aval).toList()).dtype();
    String spread = "";
    for (int k = 0; k < inputs.length; k++) {
      Array x = Promotion.convert(operands.get(k), t, false);
      String names = expand(inputs[k], x.rank());
      String extra = names.replaceAll("[A-Za-z]", "");
      spread = extra.length() > spread.length() ? extra : spread;
      terms.add(shrunk(x, names));
    }
    result = sides.length == 2 ? sides[1].replace("...", spread) : implicit(sides[0], spread);
    for (char c : result.toCharArray()) {
      if (!sizes.containsKey(c) || result.indexOf(c) != result.lastIndexOf(c)) {
        throw error("the result names '" + c + "', which is repeated or in no operand");
      }
    }
    terms.replaceAll(this::distinct);
  }

  /** Names for the dimensions under an ellipsis: digits, so that the last ones align. */
  private String expand(String input, int rank) {
    int letters = input.replace("...", "").length();
    int missing = rank - letters;
    if (!input.replace("...", "").matches("[A-Za-z]*")
        || missing < 0
        || missing > 9
        || missing > 0 && !input.contains("...")) {
      throw error("\"" + input + "\" does not name the dimensions of an array of rank " + rank);
    }
    StringBuilder names = new StringBuilder();
    for (int k = missing; k > 0; k--) {
      names.append((char) ('0' + k));
    }
    return input.replace("...", names);
  }

  private String implicit(String inputs, String spread) {
    String letters = inputs.replaceAll("[^A-Za-z]", "");
    return spread
        + letters
            .chars()
            .filter(c -> letters.indexOf(c) == letters.lastIndexOf(c))
            .sorted()
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
  }

  /** Notes the sizes; a dimension of size 1 that another operand stretches is dropped. */
  private Term shrunk(Array x, String names) {
    for (int d = 0; d < names.length(); d++) {
      long n = x.shape().at(d);
      long known = sizes.merge(names.charAt(d), n, (a, b) -> a == 1 ? b : a);
      if (n != known && n != 1) {
        throw error("'" + names.charAt(d) + "' has sizes " + known + " and " + n);
      }
    }
    return new Term(x, names);
  }

  /** Repeated names of one operand: only its diagonal counts. */
  private Term distinct(Term term) {
    String names = term.names;
    Array x = term.array;
    for (int d = 0; d < names.length(); d++) {
      char c = names.charAt(d);
      int again = names.indexOf(c, d + 1);
      if (again >= 0) {
        Array row = Shapes.iota(DType.U32, x.shape(), d);
        Array column = Shapes.iota(DType.U32, x.shape(), again);
        Array off = Zeros.of(x.aval().strong());
        Array diagonal = Compare.select(Compare.eq(row, column), x, off);
        boolean last = names.indexOf(c, again + 1) < 0 && !isNeeded(c, term);
        Axes gone = last ? Axes.of(d, again) : Axes.of(d);
        StringBuilder rest = new StringBuilder(names);
        if (last) {
          rest.deleteCharAt(again);
        }
        rest.deleteCharAt(d);
        return distinct(new Term(Reductions.sum(diagonal, gone), rest.toString()));
      }
    }
    return term;
  }

  private boolean isNeeded(char name, Term except) {
    return result.indexOf(name) >= 0 || terms.stream().anyMatch(t -> t != except && t.has(name));
  }

  private Array contract() {
    List<Term> left = new ArrayList<>();
    for (Term term : terms) {
      left.add(summed(term, left.size()));
    }
    while (left.size() > 1) {
      int[] pair = cheapest(left);
      Term b = left.remove(pair[1]);
      Term a = left.remove(pair[0]);
      left.add(product(a, b, left));
    }
    Term last = left.getFirst();
    String once = last.names;
    Array x = last.array;
    StringBuilder kept = new StringBuilder();
    List<Integer> gone = new ArrayList<>();
    for (int d = 0; d < once.length(); d++) {
      if (result.indexOf(once.charAt(d)) < 0) {
        gone.add(d);
      } else {
        kept.append(once.charAt(d));
      }
    }
    Array y = gone.isEmpty() ? x : Reductions.sum(x, GatherPlan.axes(gone));
    return Shapes.transpose(y, new Term(y, kept.toString()).at(result));
  }

  /** Without dimensions of size 1 that are stretched elsewhere, and sums over names of its own. */
  private Term summed(Term term, int self) {
    StringBuilder names = new StringBuilder();
    List<Integer> squeezed = new ArrayList<>();
    for (int d = 0; d < term.names.length(); d++) {
      char c = term.names.charAt(d);
      if (term.array.shape().at(d) == 1 && sizes.get(c) != 1) {
        squeezed.add(d);
      } else {
        names.append(c);
      }
    }
    Array x = Shapes.squeeze(term.array, GatherPlan.axes(squeezed));
    Term thin = new Term(x, names.toString());
    List<Integer> own = new ArrayList<>();
    StringBuilder shared = new StringBuilder();
    for (int d = 0; d < thin.names.length(); d++) {
      char c = thin.names.charAt(d);
      boolean elsewhere = result.indexOf(c) >= 0;
      for (int k = 0; k < terms.size(); k++) {
        elsewhere |= k != self && terms.get(k).has(c);
      }
      if (terms.size() > 1 && !elsewhere) {
        own.add(d);
      } else {
        shared.append(c);
      }
    }
    return own.isEmpty()
        ? thin
        : new Term(Reductions.sum(x, GatherPlan.axes(own)), shared.toString());
  }

  private int[] cheapest(List<Term> left) {
    int[] best = {0, 1};
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < left.size(); i++) {
      for (int j = i + 1; j < left.size(); j++) {
        double size = 1;
        for (char c : kept(left.get(i), left.get(j), left).toCharArray()) {
          size *= sizes.get(c);
        }
        if (size < least) {
          least = size;
          best = new int[] {i, j};
        }
      }
    }
    return best;
  }

  /** Names of a product of two terms: those that the result or another term needs. */
  private String kept(Term a, Term b, List<Term> all) {
    return (a.names + b.names)
        .chars()
        .distinct()
        .mapToObj(c -> (char) c)
        .filter(
            c -> result.indexOf(c) >= 0 || all.stream().anyMatch(t -> t != a && t != b && t.has(c)))
        .map(String::valueOf)
        .collect(Collectors.joining());
  }

  private Term product(Term a, Term b, List<Term> others) {
    String kept = kept(a, b, others);
    String batch = filter(a.names, c -> b.has(c) && kept.indexOf(c) >= 0);
    String gone = filter(a.names, c -> b.has(c) && kept.indexOf(c) < 0);
    String left = filter(a.names, c -> !b.has(c));
    String right = filter(b.names, c -> !a.has(c));
    // the order of operands decides the order of dimensions, and may save a transposition
    boolean swap = others.isEmpty() && (batch + right + left).equals(result);
    Term first = swap ? b : a;
    Term second = swap ? a : b;
    DotDims dims = new DotDims(first.at(batch), second.at(batch), first.at(gone), second.at(gone));
    Array y = Products.product(first.array, second.array, dims, options);
    return new Term(y, batch + (swap ? right + left : left + right));
  }

  private static String filter(String names, java.util.function.Predicate<Character> wanted) {
    return names
        .chars()
        .mapToObj(c -> (char) c)
        .filter(wanted)
        .map(String::valueOf)
        .collect(Collectors.joining());
  }
}
