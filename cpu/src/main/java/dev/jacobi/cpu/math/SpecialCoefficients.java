package dev.jacobi.cpu.math;

/**
 * Polynomial coefficients of the special functions, lowest power first, made by {@code
 * cpu/src/tools/minimax.py}, which says what each approximates and how well. Names end in the
 * precision they are rounded to.
 */
final class SpecialCoefficients {
  private SpecialCoefficients() {}

  /** lgamma(1+z)/z on |z| <= 1/4; error 2^-25.9. */
  static final double[] LGAMMA_ONE32 = {
    -0x1.2788d00000000p-1,
    0x1.a51a600000000p-1,
    -0x1.9a4c5c0000000p-2,
    0x1.151aba0000000p-2,
    -0x1.a9618c0000000p-3,
    0x1.58ae700000000p-3,
    -0x1.14eae40000000p-3,
    0x1.2a2bca0000000p-3,
    -0x1.89a32a0000000p-3,
  };

  /** lgamma(1+z)/z on |z| <= 1/4; error 2^-56.6. */
  static final double[] LGAMMA_ONE64 = {
    -0x1.2788cfc6fb619p-1,
    0x1.a51a6625307d3p-1,
    -0x1.9a4d55beab1f3p-2,
    0x1.151322ac7d851p-2,
    -0x1.a8b9c17ad4ed9p-3,
    0x1.5b40cb102855dp-3,
    -0x1.2703a1bf4f9d3p-3,
    0x1.010b36946e3a9p-3,
    -0x1.c806831e373d9p-4,
    0x1.9a01f86e332d9p-4,
    -0x1.7488e632cae66p-4,
    0x1.5566a631a782dp-4,
    -0x1.3b748c4655372p-4,
    0x1.250fc698ccff4p-4,
    -0x1.0bf16e5796457p-4,
    0x1.f09be0e701cb0p-5,
    -0x1.18f691f9f3df9p-4,
    0x1.24acf0112db89p-4,
    -0x1.b8187a671401ep-6,
  };

  /** lgamma(2+z)/z on -3/4 <= z <= 1/4; error 2^-25.9. */
  static final double[] LGAMMA_TWO32 = {
    0x1.b0ee600000000p-2,
    0x1.4a34cc0000000p-2,
    -0x1.13deae0000000p-4,
    0x1.513c380000000p-6,
    -0x1.e64f100000000p-8,
    0x1.6c6ff00000000p-9,
    -0x1.10346e0000000p-10,
    0x1.9aaa820000000p-10,
    0x1.62a5660000000p-10,
    0x1.eaa6700000000p-11,
  };

  /** lgamma(2+z)/z on -3/4 <= z <= 1/4; error 2^-54.7. */
  static final double[] LGAMMA_TWO64 = {
    0x1.b0ee6072093cep-2,
    0x1.4a34cc4a60fa6p-2,
    -0x1.13e001a5574c8p-4,
    0x1.51322ac7d925ep-6,
    -0x1.e404fc2241daep-8,
    0x1.7add6ea877c5bp-9,
    -0x1.38ac5ba176e64p-10,
    0x1.0b36b52b05777p-11,
    -0x1.d3fd9843e59fep-13,
    0x1.a1228fa3436bcp-14,
    -0x1.78e210492bf8ap-15,
    0x1.58fd8bda12661p-16,
    -0x1.37f1f0f21d46ep-17,
    0x1.1fcda66fde689p-18,
    -0x1.958690bf96746p-19,
    -0x1.d8596eaf51b0cp-21,
    -0x1.ca6efdc2d98e4p-20,
    0x1.415e81bf54958p-21,
    0x1.0d6a793bce703p-20,
    0x1.36846d16d0589p-21,
  };

  /** y (log Gamma(y) - (y-1/2) log y + y - log(2 pi)/2), u = 1/y^2, y >= 4.25; error 2^-27.3. */
  static final double[] STIRLING32 = {
    0x1.5554140000000p-4, -0x1.63d8a20000000p-9,
  };

  /** y (log Gamma(y) - (y-1/2) log y + y - log(2 pi)/2), u = 1/y^2, y >= 8.25; error 2^-63.8. */
  static final double[] STIRLING64 = {
    0x1.5555555555529p-4,
    -0x1.6c16c16a7e292p-9,
    0x1.a019f76916bb0p-11,
    -0x1.380bc9dd441d3p-11,
    0x1.b64dd61f993ffp-11,
    -0x1.a9fa150272cf6p-10,
  };

  /** digamma(1.5+z)/(1.5+z-r) on |z| <= 1/2, r the root 1.4616321449683623; error 2^-26.5. */
  static final double[] DIGAMMA32 = {
    0x1.e6f0cc0000000p-1,
    -0x1.b1cb6a0000000p-2,
    0x1.eca0ae0000000p-3,
    -0x1.2feb020000000p-3,
    0x1.85483e0000000p-4,
    -0x1.fc86360000000p-5,
    0x1.498d160000000p-5,
    -0x1.a4c92c0000000p-6,
    0x1.474db60000000p-6,
    -0x1.0f47100000000p-6,
    0x1.9ce63a0000000p-8,
  };

  /** digamma(1.5+z)/(1.5+z-r) on |z| <= 1/2, r the root 1.4616321449683623; error 2^-54.2. */
  static final double[] DIGAMMA64 = {
    0x1.e6f0cbb873616p-1,
    -0x1.b1cb63005ee98p-2,
    0x1.eca189b8e6f76p-3,
    -0x1.2feeeb98a78d3p-3,
    0x1.8512e590384cep-4,
    -0x1.fb44202a24ef7p-5,
    0x1.4de9aa17d361cp-5,
    -0x1.b9f8b11b656cep-6,
    0x1.256471621ec6ap-6,
    -0x1.8635640e37d09p-7,
    0x1.03c0b0f913e0bp-7,
    -0x1.5a06a32e3c5c6p-8,
    0x1.cd1f77dedbc83p-9,
    -0x1.336dea1a07700p-9,
    0x1.99dcefcb5c295p-10,
    -0x1.0fb1c75d773bdp-10,
    0x1.69e819fa65a4ep-11,
    -0x1.fda4e0bf92e86p-12,
    0x1.55b5f45081573p-12,
    -0x1.2f5e01d51cbeap-13,
    0x1.874ebf154ee42p-14,
    -0x1.75fdd512a962dp-13,
    0x1.fc3cf782e6285p-14,
  };

  /** (log(y) - 1/(2y) - digamma(y)) y^2, u = 1/y^2, y >= 4; error 2^-25.6. */
  static final double[] DIGAMMA_TAIL32 = {
    0x1.554e200000000p-4, -0x1.06067c0000000p-7,
  };

  /** (log(y) - 1/(2y) - digamma(y)) y^2, u = 1/y^2, y >= 8; error 2^-65.9. */
  static final double[] DIGAMMA_TAIL64 = {
    0x1.5555555555544p-4,
    -0x1.11111110ddf91p-7,
    0x1.04104031f8f65p-8,
    -0x1.1110402ba6f51p-8,
    0x1.f00b10b6d1931p-8,
    -0x1.50fbdc3edfc98p-6,
    0x1.f4f9f436aa8e4p-5,
  };

  /** I1(x)/x in u = x^2, x <= 6; error 2^-25.0. */
  static final double[] BESSEL_I132 = {
    0x1.0p-1,
    0x1.00000c0000000p-4,
    0x1.5553e00000000p-9,
    0x1.c738da0000000p-15,
    0x1.6b1e4a0000000p-21,
    0x1.8d0ec20000000p-28,
    0x1.fd98360000000p-36,
    0x1.083e980000000p-42,
  };

  /** I1(x)/x in u = x^2, x <= 8; error 2^-63.4. */
  static final double[] BESSEL_I164 = {
    0x1.0p-1,
    0x1.0p-4,
    0x1.5555555555555p-9,
    0x1.c71c71c71c735p-15,
    0x1.6c16c16c1695fp-21,
    0x1.845c8a0cea2e8p-28,
    0x1.27e4fb772c4e3p-35,
    0x1.522a43ff26777p-43,
    0x1.2c9758489c691p-51,
    0x1.ab81f7df97ea5p-60,
    0x1.f175b663c4fcep-69,
    0x1.e26e17d487a24p-78,
    0x1.8b73edd57f932p-87,
    0x1.186d8374d8175p-96,
    0x1.4414b3687827cp-106,
    0x1.a60dcff568985p-116,
    0x1.2563f9ef824adp-126,
  };

  /** sqrt(x) exp(-x) I1(x) in v = 1/x, x >= 6; error 2^-25.1. */
  static final double[] BESSEL_I1_TAIL32 = {
    0x1.9884540000000p-2,
    -0x1.3265c80000000p-3,
    -0x1.7c44780000000p-5,
    -0x1.9074fc0000000p-5,
    0x1.4ad49e0000000p-6,
    -0x1.64a3260000000p-2,
    -0x1.51d7d80000000p-1,
  };

  /** sqrt(x) exp(-x) I1(x) in v = 1/x, x >= 8; error 2^-53.8. */
  static final double[] BESSEL_I1_TAIL64 = {
    0x1.9884533d43651p-2,
    -0x1.32633e6df2fc5p-3,
    -0x1.7efc0e0468688p-5,
    -0x1.4f1c8fe6215ecp-5,
    -0x1.d742a77aea6cbp-5,
    -0x1.c2b97c2e6ea4ap-4,
    -0x1.9e19521e62e9cp-2,
    0x1.d06ef20e9cb44p+3,
    -0x1.276d992f7c85cp+10,
    0x1.ff1526b44dca0p+15,
    -0x1.4b3dcc426e613p+21,
    0x1.481ff52d8ffc5p+26,
    -0x1.f7f3e0773f2ffp+30,
    0x1.2e63c549e2415p+35,
    -0x1.1c5e93b0d43e7p+39,
    0x1.a25bfbb57ce71p+42,
    -0x1.de3074c1db7c2p+45,
    0x1.a3472d22f1ef4p+48,
    -0x1.14240a1834f14p+51,
    0x1.080be3d4ed5f6p+53,
    -0x1.59d002d60f640p+54,
    0x1.1550cae66fe2dp+55,
    -0x1.9abd002354dc5p+54,
  };
}
