package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** Languages offered for choice, by BCP 47 tag; any other tag of an import is kept as it is. */
public enum Language implements Coded {
    ENGLISH("en", "English"),
    SPANISH("es", "Spanish"),
    CHINESE("zh", "Chinese"),
    CANTONESE("yue", "Cantonese"),
    MANDARIN("cmn", "Mandarin"),
    TAGALOG("tl", "Tagalog"),
    VIETNAMESE("vi", "Vietnamese"),
    ARABIC("ar", "Arabic"),
    FRENCH("fr", "French"),
    KOREAN("ko", "Korean"),
    RUSSIAN("ru", "Russian"),
    GERMAN("de", "German"),
    HAITIAN("ht", "Haitian Creole"),
    HINDI("hi", "Hindi"),
    PORTUGUESE("pt", "Portuguese"),
    ITALIAN("it", "Italian"),
    POLISH("pl", "Polish"),
    YIDDISH("yi", "Yiddish"),
    JAPANESE("ja", "Japanese"),
    PERSIAN("fa", "Persian"),
    GUJARATI("gu", "Gujarati"),
    TELUGU("te", "Telugu"),
    BENGALI("bn", "Bengali"),
    TAMIL("ta", "Tamil"),
    PUNJABI("pa", "Punjabi"),
    URDU("ur", "Urdu"),
    NEPALI("ne", "Nepali"),
    THAI("th", "Thai"),
    KHMER("km", "Khmer"),
    LAO("lo", "Lao"),
    HMONG("hmn", "Hmong"),
    SOMALI("so", "Somali"),
    SWAHILI("sw", "Swahili"),
    AMHARIC("am", "Amharic"),
    UKRAINIAN("uk", "Ukrainian"),
    GREEK("el", "Greek"),
    ARMENIAN("hy", "Armenian"),
    HEBREW("he", "Hebrew"),
    NAVAJO("nv", "Navajo"),
    AMERICAN_SIGN("ase", "American Sign Language");

    private final String code;
    private final String label;

    Language(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Language of(String code) {
        return Coded.of(Language.class, code);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return code;
    }

    /** What a page shows for a tag: its label by the primary subtag, else the tag itself. */
    public static String label(String tag) {
        int region = tag.indexOf('-');
        return Coded.find(Language.class, region < 0 ? tag : tag.substring(0, region))
                .map(Language::label)
                .orElse(tag);
    }
}
