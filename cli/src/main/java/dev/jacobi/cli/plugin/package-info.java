/** Commands about PJRT plugins. */
package dev.jacobi.cli.plugin;
