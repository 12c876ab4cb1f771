package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.Op3;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Our form of the Python calls of {@code numpy_cases.py}, by family. */
final class NumpyFunctions {
  private NumpyFunctions() {}

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();
    NumpyElements.add(new Table(all));
    NumpyPlaces.add(new Table(all));
    NumpySets.add(new Table(all));
    NumpyStatistics.add(new Table(all));
    NumpyCalculus.add(new Table(all));
    NumpyImages.add(new Table(all));
    NumpyNames.add(new Table(all));
    NumpyOptions.add(new Table(all));
    NumpyKeywords.add(new Table(all));
    NumpyLaxNames.add(new Table(all));
    return all;
  }

  /** Functions by the names of their cases. */
  record Table(Map<String, Fn1<List<Array>, List<Array>>> all) {
    void of(String name, Fn1<List<Array>, List<Array>> f) {
      if (all.put(name, f) != null) {
        throw new IllegalArgumentException(name + " is there twice");
      }
    }

    void none(String name, Supplier<List<Array>> f) {
      of(name, x -> f.get());
    }

    void one(String name, Op1 f) {
      of(name, x -> List.of(f.apply(x.get(0))));
    }

    void two(String name, Op2 f) {
      of(name, x -> List.of(f.apply(x.get(0), x.get(1))));
    }

    void three(String name, Op3 f) {
      of(name, x -> List.of(f.apply(x.get(0), x.get(1), x.get(2))));
    }
  }
}
