package dev.jacobi.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Records of other class loaders, as a REPL or a container has them: each its own module. */
class ForeignRecordsTest {
  /** Public, because the loaded classes are strangers to this package. */
  public record Num(String name) implements Leaf {}

  /** Defines the classes of {@link ForeignProgram} itself and asks its parent for all others. */
  private static final class Loader extends ClassLoader {
    Loader() {
      super(ForeignRecordsTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(ForeignProgram.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void recordsOfOtherLoadersAreTrees() throws Exception {
    for (int i = 0; i < 2; i++) {
      Class<?> type = new Loader().loadClass(ForeignProgram.class.getName());
      assertThat(type).isNotSameAs(ForeignProgram.class);
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      var program = (Callable<?>) constructor.newInstance();
      assertThat(program.call()).isEqualTo(new ForeignProgram().call());
    }
  }
}
