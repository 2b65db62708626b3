package org.chartkeeper.web;

/**
 * How a person wants the pages.
 *
 * @param theme system, light or dark
 * @param density comfortable or compact
 * @param shortcuts whether single letters act in lists (WCAG 2.1.4 asks that they can be switched off)
 */
record Preferences(String theme, String density, boolean shortcuts) {

    static final Preferences DEFAULT = new Preferences("system", "comfortable", true);
}
