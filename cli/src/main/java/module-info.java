/** The command line. */
module dev.jacobi.cli {
  requires dev.jacobi.bench;
  requires dev.jacobi.core;
  requires dev.jacobi.hlo;
  requires dev.jacobi.cpu;
  requires dev.jacobi.pjrt;
  requires info.picocli;
  requires static org.jspecify;
  requires java.compiler;
  requires java.management;
  requires java.xml;
  requires jdk.compiler;
  requires jdk.jshell;
  requires org.commonmark;
  requires org.commonmark.ext.gfm.tables;
  requires org.commonmark.ext.heading.anchor;

  opens dev.jacobi.cli to
      info.picocli;
  opens dev.jacobi.cli.check to
      info.picocli;
  opens dev.jacobi.cli.plugin to
      info.picocli;
  opens dev.jacobi.cli.doctor to
      info.picocli;
  opens dev.jacobi.cli.site to
      info.picocli;
}
