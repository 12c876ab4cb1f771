package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * A function of floats by a polynomial on each of 16 intervals, whose coefficients are looked up in
 * registers: half the instructions of one polynomial for all of them, and no division.
 *
 * <p>Source: Gal's accurate tables (1986): an interval's center is a float where the function's
 * value is all but a float too, so that the sum is rounded once.
 *
 * @param t the distance from the center
 * @param base the function there
 * @param slope the function is {@code base + t * slope}
 */
record Piecewise(Val t, Val base, Val slope) {
  /** erf: centers, values, coefficients; the first piece is erf(x) - x; error 2^-25.2. */
  static final float[][] ERF = {
    {
      0x0p0f, 0x1.040002p-2f, 0x1.03ff8cp-1f, 0x1.85fedap-1f,
      0x1.03ffa2p0f, 0x1.45002p0f, 0x1.85fffap0f, 0x1.c6ffe4p0f,
      0x1.040052p1f, 0x1.248266p1f, 0x1.450062p1f, 0x1.657fd2p1f,
      0x1.86042p1f, 0x1.a68252p1f, 0x1.c7c0cp1f, 0x1.ea8f96p1f,
    },
    {
      0x0p0f, 0x1.1f31b4p-2f, 0x1.0dfeeap-1f, 0x1.6feebcp-1f,
      0x1.b2bb1cp-1f, 0x1.dad54cp-1f, 0x1.f00612p-1f, 0x1.f9e15ap-1f,
      0x1.fdea74p-1f, 0x1.ff5ec4p-1f, 0x1.ffd4cap-1f, 0x1.fff5cp-1f,
      0x1.fffddap-1f, 0x1.ffff9ap-1f, 0x1.fffffp-1f, 0x1.fffffep-1f,
    },
    {
      0x1.06eba8p-3f, 0x1.0ed47cp0f, 0x1.be68dcp-1f, 0x1.4367a2p-1f,
      0x1.9be56cp-2f, 0x1.cd2214p-3f, 0x1.c5d068p-4f, 0x1.889584p-5f,
      0x1.2a845p-6f, 0x1.8ef6p-8f, 0x1.d4f7bep-10f, 0x1.e47bb4p-12f,
      0x1.b79326p-14f, 0x1.5ef7c4p-16f, 0x1.d88b08p-19f, 0x1.fa5bf4p-22f,
    },
    {
      0x1.5820fcp-22f, -0x1.130ea6p-2f, -0x1.c5604ap-2f, -0x1.ecadb8p-2f,
      -0x1.a25492p-2f, -0x1.24b6ep-2f, -0x1.59aedp-3f, -0x1.5ce1b6p-4f,
      -0x1.2f2ebap-5f, -0x1.c7d8c6p-7f, -0x1.29aa42p-8f, -0x1.523e84p-10f,
      -0x1.4ec65p-12f, -0x1.21855ap-14f, -0x1.a46864p-17f, -0x1.e4eb58p-20f,
    },
    {
      -0x1.812bb8p-2f, -0x1.3a9286p-2f, -0x1.204738p-3f, 0x1.149016p-5f,
      0x1.23e0a2p-3f, 0x1.55c478p-3f, 0x1.1372d6p-3f, 0x1.5bf5b6p-4f,
      0x1.68d0eep-5f, 0x1.3a0062p-6f, 0x1.d0ce5ep-8f, 0x1.26bb38p-9f,
      0x1.41b906p-11f, 0x1.2ff504p-13f, 0x1.deccd6p-16f, 0x1.295dcep-18f,
    },
    {
      0x1.41b3fcp-12f, 0x1.05629ep-3f, 0x1.752f9ep-3f, 0x1.2cf8dep-3f,
      0x1.05de44p-4f, -0x1.4cebe8p-7f, -0x1.76f1bap-5f, -0x1.8067e8p-5f,
      -0x1.096c1ep-5f, -0x1.1befep-6f, -0x1.eed532p-8f, -0x1.678552p-9f,
      -0x1.b9aab4p-11f, -0x1.cf7a16p-13f, -0x1.925258p-15f, -0x1.102d48p-17f,
    },
    {
      0x1.c6341cp-4f, 0x1.48164p-4f, 0x1.8c74a4p-8f, -0x1.bba16cp-5f,
      -0x1.175aa6p-4f, -0x1.6dc9a4p-5f, -0x1.963ce6p-7f, 0x1.0029cp-7f,
      0x1.aa7da2p-7f, 0x1.4848ap-7f, 0x1.68553p-8f, 0x1.36e6c8p-9f,
      0x1.b6bc72p-11f, 0x1.0278fcp-12f, 0x1.0166dcp-14f, 0x1.b5388ep-17f,
    },
  };

  /** exp(x^2) erfc(x): centers, values, coefficients; error 2^-27.1. */
  static final float[][] ERFCX = {
    {
      0x1.4002d8p0f, 0x1.bfffd4p0f, 0x1.2000b4p1f, 0x1.5fff86p1f,
      0x1.bfff5p1f, 0x1.2000e2p2f, 0x1.60023ap2f, 0x1.9fffbap2f,
      0x1.0p3f, 0x1.3fff3p3f, 0x1.8000ep3f, 0x1.c0004p3f,
      0x1.ffff36p-4f, 0x1.80009cp-2f, 0x1.4000aap-1f, 0x1.c00222p-1f,
    },
    {
      0x1.78a432p-2f, 0x1.23cfdap-2f, 0x1.d94348p-3f, 0x1.8c9f32p-3f,
      0x1.3e0b0ep-3f, 0x1.f5b128p-4f, 0x1.9d8806p-4f, 0x1.5f75fep-4f,
      0x1.1ea8c4p-4f, 0x1.cbe95ap-5f, 0x1.7fd38ep-5f, 0x1.494b84p-5f,
      0x1.bf1706p-1f, 0x1.5f287ep-1f, 0x1.1d166cp-1f, 0x1.db7326p-2f,
    },
    {
      -0x1.aba5f6p-3f, -0x1.0c3d7cp-3f, -0x1.6a6f62p-4f, -0x1.030612p-4f,
      -0x1.5286cap-5f, -0x1.aa3c48p-6f, -0x1.238922p-6f, -0x1.a6e35ap-7f,
      -0x1.1a5888p-7f, -0x1.6c579ep-8f, -0x1.fc4532p-9f, -0x1.7670b6p-9f,
      -0x1.d1f556p-1f, -0x1.3a5c2p-1f, -0x1.babc4cp-2f, -0x1.43685cp-2f,
    },
    {
      0x1.b5686ap-4f, 0x1.c8d128p-5f, 0x1.0613eap-5f, 0x1.43baa4p-6f,
      0x1.5d597cp-7f, 0x1.62be2ep-8f, 0x1.951de6p-9f, 0x1.f75fe6p-10f,
      0x1.141096p-10f, 0x1.1f4018p-11f, 0x1.4f65aap-12f, 0x1.a8b682p-13f,
      0x1.84d876p-1f, 0x1.d28b82p-2f, 0x1.25769ap-2f, 0x1.80ed02p-3f,
    },
    {
      -0x1.9b523cp-5f, -0x1.6cb0aap-6f, -0x1.687ff8p-7f, -0x1.84eb7cp-8f,
      -0x1.5e508ep-9f, -0x1.2184c4p-10f, -0x1.158d6cp-11f, -0x1.2875bep-12f,
      -0x1.0bf18p-13f, -0x1.c2c26ep-15f, -0x1.b92516p-16f, -0x1.e086c8p-17f,
      -0x1.1639fcp-1f, -0x1.2e82c2p-2f, -0x1.59c0a2p-3f, -0x1.9d527cp-4f,
    },
    {
      0x1.6896dcp-6f, 0x1.13655p-7f, 0x1.da54fcp-9f, 0x1.c2c524p-10f,
      0x1.562a4ap-11f, 0x1.cffabcp-13f, 0x1.774d2ep-14f, 0x1.59b762p-15f,
      0x1.02484ep-16f, 0x1.601p-18f, 0x1.2138e8p-19f, 0x1.0f2bcap-20f,
      0x1.620a14p-2f, 0x1.611c9ap-3f, 0x1.72c6dap-4f, 0x1.981974p-5f,
    },
    {
      -0x1.2e4322p-7f, -0x1.90e438p-9f, -0x1.2e31ep-10f, -0x1.fc0386p-12f,
      -0x1.4d9ce8p-13f, -0x1.73b3eap-15f, -0x1.fb3c0ap-17f, -0x1.942b4p-18f,
      -0x1.faf73ap-20f, -0x1.16b926p-21f, -0x1.7ef22cp-23f, -0x1.349fdep-24f,
      -0x1.9d7174p-3f, -0x1.7b54fep-4f, -0x1.728036p-5f, -0x1.7ac62ap-6f,
    },
    {
      0x1.d73b9cp-9f, 0x1.1287cp-10f, 0x1.6fc0cap-12f, 0x1.156fp-13f,
      0x1.35b9fap-15f, 0x1.1eef2ep-17f, 0x1.494f48p-19f, 0x1.c9578cp-21f,
      0x1.e2234ep-23f, 0x1.aef78ep-25f, 0x1.ea2f64p-27f, 0x1.5bdf62p-28f,
      0x1.bcd2ap-4f, 0x1.780446p-5f, 0x1.5e9f1ap-6f, 0x1.530178p-7f,
    },
  };

  /**
   * The function at {@code x}.
   *
   * @param columns of every interval the center, the base and the coefficients of the slope in t
   * @param index the interval in the low four bits
   */
  static Piecewise at(Num m, Val x, Val index, float[][] columns) {
    Val t = m.sub(x, m.f.lookUp(Val.floats(columns[0]), index));
    Val base = m.f.lookUp(Val.floats(columns[1]), index);
    int last = columns.length - 1;
    Val slope = m.f.lookUp(Val.floats(columns[last]), index);
    for (int i = last - 1; i >= 2; i--) {
      slope = m.mad(slope, t, m.f.lookUp(Val.floats(columns[i]), index));
    }
    return new Piecewise(t, base, slope);
  }
}
