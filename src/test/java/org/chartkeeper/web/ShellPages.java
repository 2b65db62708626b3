package org.chartkeeper.web;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Directory.Facility;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.DueWork;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.NavigationEntry.Count;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.SearchSource;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.templateresolver.SpringResourceTemplateResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import tools.jackson.databind.json.JsonMapper;

/** The shell alone, with a made-up person at a made-up facility: no database, no security, the real templates. */
@TestConfiguration(proxyBeanMethods = false)
@EnableWebMvc
@Import({
    ShellDialect.class,
    Shells.class,
    Rail.class,
    DueCards.class,
    StaticResources.class,
    ShellNavigation.class,
    HomeController.class,
    SearchController.class,
    HelpController.class,
    PreferencesController.class,
    FailureAdvice.class,
    FailureAnswers.class,
    ErrorPages.class,
    ShellPages.SamplePages.class
})
class ShellPages {

    static final FacilityId RIVERSIDE = FacilityId.next();
    static final FacilityId LAKESIDE = FacilityId.next();
    static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

    /** Who is signed in; null for nobody. */
    static @Nullable Actor actor;

    static Actor dana(Permission... permissions) {
        Set<Permission> all = EnumSet.of(Permission.SIGNED_IN, permissions);
        return new Actor(
                UserId.next(),
                "Dana Reyes",
                null,
                RIVERSIDE,
                Set.of(RIVERSIDE, LAKESIDE),
                Set.of("records-specialist"),
                all);
    }

    @Bean
    CurrentActor currentActor() {
        return new CurrentActor() {
            @Override
            public Optional<Actor> find() {
                return Optional.ofNullable(actor);
            }

            @Override
            public <T> T as(Actor who, Supplier<T> work) {
                return work.get();
            }

            @Override
            public <T> T asSystem(FacilityId facility, Supplier<T> work) {
                return work.get();
            }
        };
    }

    @Bean
    Directory directory() {
        Directory directory = mock(Directory.class);
        Facility riverside =
                new Facility(RIVERSIDE, "RIV", "Riverside Hospital", ZoneId.of("America/New_York"), false, 24);
        Facility lakeside = new Facility(LAKESIDE, "LAK", "Lakeside Clinic", ZoneId.of("America/Chicago"), false, 24);
        when(directory.facilities()).thenReturn(List.of(riverside, lakeside));
        when(directory.facility(RIVERSIDE)).thenReturn(Optional.of(riverside));
        when(directory.facility(LAKESIDE)).thenReturn(Optional.of(lakeside));
        return directory;
    }

    @Bean
    Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Bean
    PlatformTransactionManager transactions() {
        return mock(PlatformTransactionManager.class);
    }

    @Bean
    PreferenceStore preferences() {
        PreferenceStore store = mock(PreferenceStore.class);
        when(store.of(any())).thenReturn(Preferences.DEFAULT);
        return store;
    }

    @Bean
    SavedViews savedViews() {
        return mock(SavedViews.class);
    }

    @Bean
    JsonMapper json() {
        return JsonMapper.builder().build();
    }

    @Bean
    NavigationEntry updates() {
        return new NavigationEntry(
                "Records", "Visit updates", "/visits/updates", 22, Permission.VISIT_UPDATE, who -> new Count(23, true));
    }

    @Bean
    NavigationEntry patients() {
        return new NavigationEntry("Records", "Patients", "/patients", 21, Permission.PATIENT_SEARCH, null);
    }

    @Bean
    NavigationEntry users() {
        return new NavigationEntry(
                "Administration", "Users", "/admin/users", 91, Permission.USER_MANAGE, who -> new Count(501, false));
    }

    @Bean
    DueWork updatesDue() {
        return new DueWork() {
            @Override
            public String title() {
                return "Visit updates";
            }

            @Override
            public String path() {
                return "/visits/updates";
            }

            @Override
            public Permission permission() {
                return Permission.VISIT_UPDATE;
            }

            @Override
            public int order() {
                return 1;
            }

            @Override
            public List<Item> items(Actor who, int limit) {
                return List.of(
                        new Item("Delacroix, Simone", "4 West", "/x/1", NOW.minusSeconds(90_000), "to do", ""),
                        new Item("Whitfield, Eleanor", null, "/x/2", NOW.plusSeconds(7_200), "draft", "note"),
                        new Item("Osei, Kwame", null, "/x/3", null, "waiting for documentation", ""));
            }
        };
    }

    @Bean
    SearchSource patientSource() {
        return new SearchSource() {
            @Override
            public String title() {
                return "Patients";
            }

            @Override
            public Permission permission() {
                return Permission.PATIENT_SEARCH;
            }

            @Override
            public List<Hit> search(Actor who, String query, int limit) {
                return query.startsWith("whit") || query.equals("visit updates")
                        ? List.of(new Hit("Whitfield, Eleanor", "11 Mar 1948 · MRN 0048-2217", "/patients/1"))
                        : List.of();
            }
        };
    }

    @Bean
    SpringTemplateEngine templateEngine(ShellDialect dialect, org.springframework.context.ApplicationContext context) {
        SpringResourceTemplateResolver resolver = new SpringResourceTemplateResolver();
        resolver.setApplicationContext(context);
        resolver.setPrefix("classpath:/templates/");
        resolver.setSuffix(".html");
        resolver.setCharacterEncoding("UTF-8");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(resolver);
        engine.setEnableSpringELCompiler(true);
        engine.addDialect(dialect);
        return engine;
    }

    @Bean
    ThymeleafViewResolver views(SpringTemplateEngine engine) {
        ThymeleafViewResolver views = new ThymeleafViewResolver();
        views.setTemplateEngine(engine);
        views.setCharacterEncoding("UTF-8");
        views.setProducePartialOutputWhileProcessing(false);
        return views;
    }

    /** Pages that use every fragment, and handlers that fail in every way. */
    @Controller
    static class SamplePages {

        @GetMapping("/sample")
        String form(Model model) {
            model.addAttribute("form", new Form());
            return page(model);
        }

        @PostMapping("/sample")
        String refused(@ModelAttribute("form") Form form, BindingResult result, Model model) {
            result.rejectValue("name", "x", "Enter a name");
            result.rejectValue("lines[0]", "x", "Enter the first line");
            result.reject("x", "The two dates contradict each other");
            return page(model);
        }

        private static String page(Model model) {
            model.addAttribute(
                    "options",
                    List.of(
                            new PreferencesController.Option("a", "First"),
                            new PreferencesController.Option("b", "Second")));
            model.addAttribute(
                    "problems", List.of(Problem.error("name", "Enter a name"), Problem.error(null, "Whole")));
            model.addAttribute(
                    "differing",
                    List.of(
                            new Differing("hr", "Heart rate", "88", "90", "88"),
                            new Differing("bp", "Blood pressure", "142/78", "140/78", "142/87")));
            model.addAttribute(
                    "changed", List.of(new Changed("Dose", "20 mg", "40 mg"), new Changed("Route", null, "oral")));
            model.addAttribute("now", NOW);
            return "sample";
        }

        @GetMapping("/fails/{how}")
        String fails(@PathVariable String how) {
            throw switch (how) {
                case "403" -> new NotAllowed("chart.read for Whitfield");
                case "404" -> new NotFound("patient Whitfield");
                case "409" -> new Stale("Whitfield", 1, 2);
                case "422" -> new Rejected("The birth date lies in the future");
                case "503" -> new DataAccessResourceFailureException("Whitfield cannot connect");
                default -> new IllegalStateException("Whitfield has syphilis");
            };
        }
    }

    /** A form with every kind of field. */
    public static class Form {

        private String name = "";
        private String born = "";
        private String note = "";
        private String kind = "b";
        private boolean agreed = true;
        private List<String> lines = new java.util.ArrayList<>(List.of("one"));

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public String getPhone() {
            return "555";
        }

        public String getMail() {
            return "d@example.org";
        }

        public String getBorn() {
            return born;
        }

        public void setBorn(String born) {
            this.born = born;
        }

        public String getNote() {
            return note;
        }

        public void setNote(String note) {
            this.note = note;
        }

        public String getKind() {
            return kind;
        }

        public void setKind(String kind) {
            this.kind = kind;
        }

        public boolean isAgreed() {
            return agreed;
        }

        public void setAgreed(boolean agreed) {
            this.agreed = agreed;
        }

        public List<String> getLines() {
            return lines;
        }

        public void setLines(List<String> lines) {
            this.lines = lines;
        }
    }

    /** A field that two people changed. */
    public record Differing(String name, String label, String base, String theirs, String mine) {}

    /** A field from one version to the next. */
    public record Changed(
            String label, @Nullable String was, @Nullable String now) {}
}
