package dev.jacobi.cpu.gemm;

/**
 * What a driver reads of a product's plan: one 64-bit word each, in this order. After them come the
 * batch dimensions, four words each: the size, and the bytes that A, B and C move; then the sum
 * dimensions, three words each: the size, and the bytes that A and B move.
 */
enum Word {
  /** Sizes. */
  ROWS,
  K,
  PRODUCTS,
  BATCH_RANK,
  TERMS,
  SUM_RANK,

  /** Strides that kernels get, in elements. */
  A_ROW,
  A_COL,
  B_ROW,
  B_COL,
  C_ROW,

  /** Distances that drivers use, in bytes. */
  A_ROW_BYTES,
  A_COL_BYTES,
  B_PANEL_BYTES,
  C_ROW_BYTES,
  C_PANEL_BYTES,

  /** The tile, and how it covers C. */
  TILE_ROWS,
  WHOLE_ROWS,
  FULL_PANELS,
  PANELS,
  LANES,
  TAIL,

  /** Direct: how the work is divided, in products, rows and panels per task. */
  TASK_PRODUCTS,
  TASK_ROWS,
  TASK_PANELS,
  ROW_BLOCKS,
  PANEL_BLOCKS,

  /** Tasks of the only or the second phase; whether they may run on several threads. */
  TASKS,
  PARALLEL,

  /** Packed: blocks, and the parts of the scratch memory. */
  DEPTH,
  HEIGHT,
  PASS_PANELS,
  BLOCK_PANELS,
  BLOCKS,
  COLUMNS,
  PANEL_COLUMNS,
  PACKED_ROW,
  PACKED_ROW_BYTES,
  PACKED_PANEL_BYTES,
  PACKED_LINE_BYTES,
  PANELS_BYTES,
  SLOT_BYTES,
  PACK_TASKS,
  PACK_PANELS,

  /**
   * Packed: where a slot's sums begin if they wait there and not in C, else 0, and C's own strides.
   */
  SUMS,
  RESULT_ROW,
  RESULT_ROW_BYTES,
  RESULT_PANEL_BYTES,

  /** Paired: elements along k (K and DEPTH count pairs). */
  ELEMENTS,

  /** Kernels: tiles of whole or of the last rows, of full panels or of the last one; packing. */
  TILE,
  TILE_REST,
  TILE_EDGE,
  TILE_REST_EDGE,
  PACK_A,
  PACK_B,
  NARROW,

  /** Paired: tiles for operands with numbers so small that the machine would lose some. */
  SMALL_TILE,
  SMALL_TILE_REST,
  SMALL_TILE_EDGE,
  SMALL_TILE_REST_EDGE
}
