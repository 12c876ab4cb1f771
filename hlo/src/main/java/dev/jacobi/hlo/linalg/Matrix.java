package dev.jacobi.hlo.linalg;

import java.util.Arrays;

/**
 * A mutable dense matrix of complex numbers. A vector is a matrix of one column. Indices start at
 * 0.
 */
public final class Matrix {
  private final int rows;
  private final int cols;
  private final double[] re;
  private final double[] im;

  /** Zeros. */
  public Matrix(int rows, int cols) {
    this(rows, cols, new double[rows * cols], new double[rows * cols]);
  }

  private Matrix(int rows, int cols, double[] re, double[] im) {
    this.rows = rows;
    this.cols = cols;
    this.re = re;
    this.im = im;
  }

  public static Matrix identity(int n) {
    Matrix m = new Matrix(n, n);
    for (int i = 0; i < n; i++) {
      m.set(i, i, 1);
    }
    return m;
  }

  /** A column of real numbers. */
  public static Matrix column(double... values) {
    return new Matrix(values.length, 1, values.clone(), new double[values.length]);
  }

  public int rows() {
    return rows;
  }

  public int cols() {
    return cols;
  }

  public Complex get(int i, int j) {
    return new Complex(re[i * cols + j], im[i * cols + j]);
  }

  public double re(int i, int j) {
    return re[i * cols + j];
  }

  public double im(int i, int j) {
    return im[i * cols + j];
  }

  public void set(int i, int j, Complex z) {
    set(i, j, z.re(), z.im());
  }

  /** Stores a real number. */
  public void set(int i, int j, double x) {
    set(i, j, x, 0);
  }

  public void set(int i, int j, double x, double y) {
    re[i * cols + j] = x;
    im[i * cols + j] = y;
  }

  void add(int i, int j, Complex z) {
    re[i * cols + j] += z.re();
    im[i * cols + j] += z.im();
  }

  void scale(int i, int j, Complex z) {
    set(i, j, get(i, j).times(z));
  }

  public Matrix copy() {
    return new Matrix(rows, cols, re.clone(), im.clone());
  }

  /** The conjugate transpose. */
  public Matrix adjoint() {
    Matrix out = new Matrix(cols, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        out.set(j, i, re(i, j), -im(i, j));
      }
    }
    return out;
  }

  public Matrix transpose() {
    Matrix out = new Matrix(cols, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        out.set(j, i, re(i, j), im(i, j));
      }
    }
    return out;
  }

  public Matrix times(Matrix b) {
    Matrix out = new Matrix(rows, b.cols);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < cols; k++) {
        Complex z = get(i, k);
        for (int j = 0; j < b.cols; j++) {
          out.add(i, j, z.times(b.get(k, j)));
        }
      }
    }
    return out;
  }

  /** The upper left corner, filled up with the identity where it is larger. */
  Matrix resized(int toRows, int toCols) {
    Matrix out = new Matrix(toRows, toCols);
    for (int i = 0; i < toRows; i++) {
      for (int j = 0; j < toCols; j++) {
        if (i < rows && j < cols) {
          out.set(i, j, get(i, j));
        } else if (i == j) {
          out.set(i, j, 1);
        }
      }
    }
    return out;
  }

  void swapRows(int i, int k) {
    for (int j = 0; j < cols; j++) {
      Complex z = get(i, j);
      set(i, j, get(k, j));
      set(k, j, z);
    }
  }

  void swapCols(int j, int k) {
    for (int i = 0; i < rows; i++) {
      Complex z = get(i, j);
      set(i, j, get(i, k));
      set(i, k, z);
    }
  }

  /** Rows i and k become {@code c x + s y} and {@code c y - s x}, in columns from..to-1. */
  void rotateRows(int i, int k, double c, double s, int from, int to) {
    for (int j = from; j < to; j++) {
      Complex x = get(i, j);
      Complex y = get(k, j);
      set(i, j, x.times(c).plus(y.times(s)));
      set(k, j, y.times(c).minus(x.times(s)));
    }
  }

  /** Columns i and k become {@code c x + s y} and {@code c y - s x}, in rows from..to-1. */
  void rotateCols(int i, int k, double c, double s, int from, int to) {
    for (int r = from; r < to; r++) {
      Complex x = get(r, i);
      Complex y = get(r, k);
      set(r, i, x.times(c).plus(y.times(s)));
      set(r, k, y.times(c).minus(x.times(s)));
    }
  }

  /** The largest magnitude of a real or imaginary part. */
  double largest() {
    double largest = 0;
    for (int i = 0; i < re.length; i++) {
      largest = Math.max(largest, Math.max(Math.abs(re[i]), Math.abs(im[i])));
    }
    return largest;
  }

  /** Multiplies every element by a power of two. */
  void scaleBy(int exponent) {
    for (int i = 0; i < re.length; i++) {
      re[i] = Math.scalb(re[i], exponent);
      im[i] = Math.scalb(im[i], exponent);
    }
  }

  /** Whether no element is NaN or infinite. */
  boolean isFinite() {
    return Arrays.stream(re).allMatch(Double::isFinite)
        && Arrays.stream(im).allMatch(Double::isFinite);
  }

  void fill(double x) {
    Arrays.fill(re, x);
    Arrays.fill(im, 0);
  }
}
