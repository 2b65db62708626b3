package org.chartkeeper.coding;

/** Whose codes of a case. */
public enum Book {
    /** Of whoever codes the case: what becomes final. */
    CODER,
    /** Of whoever codes it blind a second time. */
    REVIEW;

    /** As the database has it. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
