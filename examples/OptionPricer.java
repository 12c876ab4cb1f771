import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.*;

import dev.jacobi.*;
import dev.jacobi.examples.Plot;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.scipy.stats.Norm;
import java.nio.file.Path;

// begin price
/** What the price of an option depends on; time in years. */
record Market(Array spot, Array strike, Array rate, Array volatility, Array time) {
  static Market of(double spot, Array strike) {
    return new Market(scalar(spot), strike, scalar(0.05), scalar(0.2), scalar(1.0));
  }

  Market withSpot(Array x) {
    return new Market(x, strike, rate, volatility, time);
  }

  Market withVolatility(Array x) {
    return new Market(spot, strike, rate, x, time);
  }
}

/** The price of the right to buy at the strike when the time is over: Black and Scholes. */
static Array call(Market m) {
  Array spread = m.volatility().times(sqrt(m.time()));
  Array discount = exp(m.rate().times(m.time()).unaryMinus());
  Array up = log(m.spot().div(m.strike().times(discount))).div(spread).plus(spread.div(2));
  Array down = up.minus(spread);
  return m.spot().times(Norm.cdf(up)).minus(m.strike().times(discount).times(Norm.cdf(down)));
}

/** Delta and gamma: the price's derivatives in the spot. */
static Array delta(Market m) {
  return grad(s -> call(m.withSpot(s))).apply(m.spot());
}

static Array gamma(Market m) {
  return grad(s -> delta(m.withSpot(s))).apply(m.spot());
}

/** The volatility at which an option has a price, by Newton's method. */
static Array impliedVolatility(Market m, Array price) {
  Op1 error = v -> call(m.withVolatility(v)).minus(price), slope = grad(error);
  return Lax.foriLoop(0, 10, (i, v) -> v.minus(error.apply(v).div(slope.apply(v))), scalar(0.3));
}

// end price

/** The right to sell at any time, on a lattice of ways by Cox, Ross and Rubinstein. */
static Array americanPut(Market m, int steps) {
  Array h = m.time().div(steps), up = exp(m.volatility().times(sqrt(h)));
  Array growth = exp(m.rate().times(h)), down = div(1, up);
  Array chance = growth.minus(down).div(up.minus(down));
  Array ups = arange(-steps, steps + 1, 2).astype(DType.F64); // of the ways, less their downs
  Array last = maximum(m.strike().minus(m.spot().times(up.pow(ups))), weak(0));
  return Lax.foriLoop(0, steps, (i, value) -> {
    Array above = roll(value, -1), level = ups.plus(i.plus(1)); // the last one is of no use
    Array held = chance.times(above).plus(minus(1, chance).times(value)).div(growth);
    return maximum(held, m.strike().minus(m.spot().times(up.pow(level))));
  }, last).get(0);
}

/** The right to the mean of 50 prices, less the strike, by 20,000 random ways. */
static Array asianCall(Market m, Key key) {
  int days = 50;
  Array h = m.time().div(days), z = normal(key, shape(20_000, days), DType.F64);
  Array drift = m.rate().minus(square(m.volatility()).div(2)).times(h);
  Array growth = cumsum(z.times(m.volatility().times(sqrt(h))).plus(drift), 1);
  Array gain = maximum(m.spot().times(exp(growth)).mean(1).minus(m.strike()), weak(0));
  return gain.mean().times(exp(m.rate().times(m.time()).unaryMinus()));
}

static void print(String name, ValueAndGrad<Array, Market> g) {
  Market d = g.grad();
  IO.println(name + " = " + stack(g.value(), d.spot(), d.volatility(), d.rate(), d.time()));
}

/** The PNG file to write is the argument (default option_pricer.png). */
void main(String[] args) throws Exception {
  Array strikes = arange(80, 121, 10).astype(DType.F64);
  Fn1<Market, Market> slopes = grad((Market m) -> call(m));
  Market greeks = jit(vmap((Array k) -> slopes.apply(Market.of(100, k)))).apply(strikes);
  Array prices = vmap(k -> call(Market.of(100, k))).apply(strikes);
  IO.println("strike = " + strikes);
  IO.println("price = " + prices);
  IO.println("delta = " + greeks.spot());
  IO.println("gamma = " + vmap(k -> gamma(Market.of(100, k))).apply(strikes));
  IO.println("vega = " + greeks.volatility());
  IO.println("theta = " + greeks.time().unaryMinus());
  IO.println("rho = " + greeks.rate());
  Op2 implied = (k, price) -> impliedVolatility(Market.of(100, k), price);
  IO.println("implied volatility = " + jit(vmap(implied)).apply(strikes, prices.plus(1)));

  IO.println("price, and its derivatives in spot, volatility, rate and time:");
  Market m = Market.of(100, scalar(105.0));
  print("European call", valueAndGrad((Market x) -> call(x)).apply(m));
  print("American put", jit(valueAndGrad((Market x) -> americanPut(x, 500))).apply(m));
  print("Asian call", jit(valueAndGrad((Market x) -> asianCall(x, key(0)))).apply(m));

  Array spots = linspace(60, 140, 161, DType.F64);
  new Plot("A call's price and what follows from it", "spot", "price, 20 delta, 500 gamma")
      .line("price", spots, vmap(s -> call(m.withSpot(s))).apply(spots))
      .line("20 delta", spots, vmap(s -> delta(m.withSpot(s))).apply(spots).times(20))
      .line("500 gamma", spots, vmap(s -> gamma(m.withSpot(s))).apply(spots).times(500))
      .write(Path.of(args.length > 0 ? args[0] : "option_pricer.png"));
}
