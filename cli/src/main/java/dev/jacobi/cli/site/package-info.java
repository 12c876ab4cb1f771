/** The documentation as a site of plain files, to be read without a network. */
package dev.jacobi.cli.site;
