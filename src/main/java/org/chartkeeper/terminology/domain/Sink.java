package org.chartkeeper.terminology.domain;

import java.time.LocalDate;

/** Takes what a file of codes says, row by row, in the file's order. */
interface Sink {

    /**
     * A code or a fact about it.
     *
     * @param series the code system or the list
     * @param code without a dot in ICD-10
     * @param title long title, or the fact
     * @param shortTitle empty where there is none
     * @param detail what else the file says, in the form of its series; empty where nothing
     */
    void entry(String series, String code, String title, String shortTitle, boolean billable, String detail)
            throws BadFile;

    /** A chapter or block of the Tabular List. */
    void place(int chapter, String place, String title) throws BadFile;

    /** An instruction of the Tabular List. */
    void note(int chapter, String statedAt, String kind, String words) throws BadFile;

    void seventh(int chapter, String statedAt, char symbol, String meaning) throws BadFile;

    /** A term of an index, with the path to it, its parts separated by commas. */
    void term(String words, int column, String code, String manifestation) throws BadFile;

    /** The release as the file itself states it. */
    void stated(ReleaseDate release) throws BadFile;

    /** The day of a release where the file states none; known after the first row. */
    LocalDate from();

    /** Says which part of a work the file holds, where it is not the whole. */
    void part(String part) throws BadFile;

    /** Numbers for the report where rows alone do not tell them. */
    void counts(int rows, int billable, int added, int revised, int ended);
}
