package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scalars;
import dev.jacobi.trace.BatchAxis;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sum or an extremum of all members' arrays, which each of them gets.
 *
 * @param invariant whether types say that the result does not differ along the axes
 */
record AllReduce(Kind kind, List<String> axes, Groups groups, boolean invariant)
    implements Collective {
  /** What is made of the members' elements. */
  enum Kind {
    SUM(Fn.ADD),
    MAX(Fn.MAX),
    MIN(Fn.MIN);

    private final Fn fn;

    Kind(Fn fn) {
      this.fn = fn;
    }

    Array reduce(Array members) {
      return switch (this) {
        case SUM -> Reductions.sum(members, Axes.of(0));
        case MAX -> Reductions.max(members, Axes.of(0));
        case MIN -> Reductions.min(members, Axes.of(0));
      };
    }
  }

  @Override
  public String name() {
    return switch (kind) {
      case SUM -> invariant ? "psum_invariant" : "psum";
      case MAX -> "pmax";
      case MIN -> "pmin";
    };
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("axes", Collective.quoted(axes));
    if (kind != Kind.SUM || !invariant) {
      params.put("axis_index_groups", groups.indices());
    }
    return params;
  }

  @Override
  public Aval shape(Aval x) {
    return invariant
        ? x.withVarying(x.varying().stream().filter(a -> !axes.contains(a)).toList())
        : x;
  }

  /** Of an extremum, the members that attain it share the tangent. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array dx = tangents.getFirst();
    if (kind == Kind.SUM || dx == null) {
      return Collective.super.jvp(primals, tangents);
    }
    Array x = primals.getFirst();
    Array y = Bind.bind(this, x);
    Array hit = Convert.convertElementType(Compare.eq(x, y), dx.dtype());
    Primitive sum = new AllReduce(Kind.SUM, axes, groups, invariant);
    Array among = Bind.bind(sum, Arithmetic.mul(dx, hit));
    return Jvp.of(y, Arithmetic.div(among, Bind.bind(sum, hit)));
  }

  /** Where types say what differs, the sum is one value and its transpose hands it to each. */
  @Override
  public Array pull(Array cotangent, Aval operand) {
    if (kind != Kind.SUM) {
      throw new NotLinearException(this);
    }
    return invariant ? Bind.bind(new Pvary(axes), cotangent) : Bind.bind(this, cotangent);
  }

  @Override
  public Batched shifted(Array x, int dim) {
    return Batched.of(Bind.bind(this, x), dim);
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Optional<String> axis = BatchAxis.current().filter(axes::contains);
    if (dims.getFirst() != null || axis.isEmpty() || groups.indices().isPresent()) {
      return Collective.super.vmap(size, operands, dims);
    }
    Array x = operands.getFirst(); // all members have the same
    Array all = kind == Kind.SUM ? Arithmetic.mul(x, Scalars.like(x, size)) : x;
    return Batched.of(others(axis.get(), all), null);
  }

  /** The rest of the axes' work. */
  private Array others(String done, Array x) {
    List<String> rest = axes.stream().filter(a -> !a.equals(done)).toList();
    return rest.isEmpty() ? x : Bind.bind(new AllReduce(kind, rest, groups, invariant), x);
  }

  @Override
  public Batched apart(String axis, Array x, @Nullable Integer dim, long size) {
    if (groups.indices().isPresent()) {
      return Collective.super.apart(axis, x, dim, size);
    }
    return Batched.of(others(axis, kind.reduce(Dims.batchAt(x, dim, size, 0))), null);
  }

  @Override
  public Batched together(Array members, long size) {
    if (groups.indices().isEmpty()) {
      return Batched.of(kind.reduce(members), null);
    }
    List<@Nullable Array> results = new ArrayList<>(Collections.nCopies((int) size, null));
    for (List<Integer> group : groups.places(size)) {
      Array all = kind.reduce(Collective.some(members, group));
      group.forEach(i -> results.set(i, all));
    }
    return Batched.of(Collective.stacked(results.stream().map(r -> r).toList()), 0);
  }

  @Override
  public Value lower(LowerContext context, Value x, Aval out) {
    return context
        .builder()
        .add(
            new CollectiveOp.AllReduce(
                List.of(x),
                groups.on(context.grid(), axes, true),
                HloBuilder.binaryBody(kind.fn, x.dtype())));
  }

  /** The sum over axes along which types say that it then does not differ. */
  static Array sumInvariant(Array x, List<String> axes) {
    return Bind.bind(new AllReduce(Kind.SUM, axes, Groups.ALL, true), x);
  }
}
