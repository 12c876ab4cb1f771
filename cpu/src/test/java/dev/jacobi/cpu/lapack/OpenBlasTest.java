package dev.jacobi.cpu.lapack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OpenBlasTest {
  @Test
  void hasRoutinesOfAllFourTypes() {
    for (String name : new String[] {"spotrf", "dgesdd", "cunmqr", "zheevd"}) {
      assertThat(OpenBlas.routine(name)).as(name).isNotZero();
    }
    assertThat(OpenBlas.routine("spotrff")).isZero();
  }

  @Test
  void aMissingFileIsNamed() {
    System.setProperty("jacobi.openblas", "/no/such/library.so");
    try {
      assertThatThrownBy(OpenBlas::path)
          .isInstanceOf(OpenBlasMissingException.class)
          .hasMessageContaining("/no/such/library.so")
          .hasMessageContaining("JACOBI_BACKEND=interpreter");
    } finally {
      System.clearProperty("jacobi.openblas");
    }
  }
}
