import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.control.*;
import dev.jacobi.examples.Plot;
import dev.jacobi.hlo.*;
import dev.jacobi.lax.Lax;
import java.nio.file.Path;
import java.util.*;

static final int SYMBOLS = 27; // a space and the letters
static final String TYPED =
    "the bravr men qho gave thwir livrs hete shall bot be firgotten by thr peopke";

/** Lincoln's speech at Gettysburg, 1863: which letters follow which. */
static final String TEXT = """
    four score and seven years ago our fathers brought forth on this continent a new nation
    conceived in liberty and dedicated to the proposition that all men are created equal
    now we are engaged in a great civil war testing whether that nation or any nation so
    conceived and so dedicated can long endure we are met on a great battle field of that war
    we have come to dedicate a portion of that field as a final resting place for those who here
    gave their lives that that nation might live it is altogether fitting and proper that we
    should do this but in a larger sense we can not dedicate we can not consecrate we can not
    hallow this ground the brave men living and dead who struggled here have consecrated it far
    above our poor power to add or detract the world will little note nor long remember what we
    say here but it can never forget what they did here it is for us the living rather to be
    dedicated here to the unfinished work which they who fought here have thus far so nobly
    advanced it is rather for us to be here dedicated to the great task remaining before us that
    from these honored dead we take increased devotion to that cause for which they gave the last
    full measure of devotion that we here highly resolve that these dead shall not have died in
    vain that this nation under god shall have a new birth of freedom and that government of the
    people by the people for the people shall not perish from the earth
    """;

/** Scores, and the last two symbols, of each beam. */
record Beams(Array scores, Array before, Array last) {}

/** Where a beam comes from, and what it adds. */
record Link(Array parent, Array symbol) {}

record Found(Array symbols, Array score) {}

/** Logarithms: how a symbol goes on from two others, and which key is hit for it. */
record Model(Array next, Array key) {}

/** The most probable meaning of what was typed, as far as that many beams see. */
static Found search(Model model, Array typed, int beams) {
  Array start = full(shape(beams), Double.NEGATIVE_INFINITY, DType.F64).at(0).set(0.0);
  Array spaces = zeros(shape(beams), DType.I32);
  var there = Lax.scan((Beams s, Array key) -> {
    Array next = model.next().get(ix(s.before()), ix(s.last())); // (beams, symbols)
    Array all = s.scores().reshape(-1, 1).plus(next).plus(model.key().get(all(), ix(key)));
    var top = Lax.topK(all.reshape(-1), beams, 0);
    Link link = new Link(floorDivide(top.indices(), weak(SYMBOLS)), top.indices().rem(SYMBOLS));
    Array before = s.last().get(ix(link.parent()));
    return new Step<>(new Beams(top.values(), before, link.symbol()), link);
  }, new Beams(start, spaces, spaces), typed);
  // From the best beam back to the start.
  Array symbols = Lax.scan(
      (Array beam, Link link) ->
          new Step<>(link.parent().get(ix(beam)), link.symbol().get(ix(beam))),
      scalar(0), there.ys(), ScanOptions.DEFAULT.reversed()).ys();
  return new Found(symbols, there.carry().scores().get(0));
}

/** The score of the best of all meanings (Viterbi): what leads best to each two last symbols. */
static Array best(Model model, Array typed) {
  Array never = full(shape(SYMBOLS, SYMBOLS), Double.NEGATIVE_INFINITY, DType.F64);
  return Lax.scan((Array s, Array key) -> {
    Array best = s.reshape(SYMBOLS, SYMBOLS, 1).plus(model.next()).max(0); // (last, next)
    return Step.of(best.plus(model.key().get(all(), ix(key))));
  }, never.at(0, 0).set(0.0), typed).carry().max();
}

static Array symbols(String text) {
  return array(text.chars().map(c -> Character.isLetter(c) ? c - 'a' + 1 : 0).toArray());
}

static String text(Array symbols) {
  var text = new StringBuilder();
  for (int symbol : symbols.toIntArray()) {
    text.append(symbol == 0 ? ' ' : (char) ('a' + symbol - 1));
  }
  return text.toString();
}

/** Groups of three symbols, counted; rare ones are filled up from groups of two, and of one. */
static Array following(Array text) {
  int n = (int) text.size();
  Array a = text.get(until(n - 2)), b = text.get(range(1, n - 1)), c = text.get(from(2));
  Array three = zeros(shape(SYMBOLS, SYMBOLS, SYMBOLS), DType.F64).at(ix(a), ix(b), ix(c)).add(1.0);
  Array two = three.sum(0), one = two.sum(0);
  Array rough = one.plus(1).div(one.plus(1).sum());
  Array finer = two.plus(rough.times(3)).div(two.sum(1).reshape(-1, 1).plus(3));
  return log(three.plus(finer.times(3)).div(three.sum(2).reshape(SYMBOLS, SYMBOLS, 1).plus(3)));
}

/** One letter in eight is a neighbour's on the keyboard. */
static Array keys() {
  String[] rows = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
  double[][] chance = new double[SYMBOLS][SYMBOLS];
  chance[0][0] = 1;
  for (int r = 0; r < rows.length; r++) {
    for (int k = 0; k < rows[r].length(); k++) {
      var near = new ArrayList<Integer>();
      for (int dr = -1; dr <= 1; dr++) {
        for (int dk = -1; dk <= 1; dk++) { // each row starts half a key right of the row above
          int other = r + dr, at = k + dk;
          boolean row = other >= 0 && other < rows.length;
          if (dk != dr && row && at >= 0 && at < rows[other].length()) {
            near.add(rows[other].charAt(at) - 'a' + 1);
          }
        }
      }
      int key = rows[r].charAt(k) - 'a' + 1;
      chance[key][key] = 0.875;
      near.forEach(other -> chance[key][other] = 0.125 / near.size());
    }
  }
  return log(array(chance));
}

/** The PNG file to write is the argument (default beam_search.png). */
void main(String[] args) throws Exception {
  Model model = new Model(following(symbols(TEXT)), keys());
  Array typed = symbols(TYPED);
  var widths = List.of(1, 2, 3, 4, 6, 8, 16, 32);
  var scores = new ArrayList<Array>();
  for (int width : widths) {
    Found found = jit((Model m, Array t) -> search(m, t, width)).apply(model, typed);
    IO.println(width + " beams = " + text(found.symbols()));
    scores.add(found.score());
  }
  Array best = jit((Model m, Array t) -> best(m, t)).apply(model, typed);
  IO.println("scores = " + stack(scores).toList());
  IO.println("best = " + best);
  Array x = array(widths.stream().mapToDouble(Math::log).toArray()).div(Math.log(2));
  new Plot("What wider beams find", "log2(beams)", "log(probability)")
      .points("beam search", x, stack(scores))
      .line("best of all", x, best.plus(zerosLike(x)))
      .write(Path.of(args.length > 0 ? args[0] : "beam_search.png"));
}
