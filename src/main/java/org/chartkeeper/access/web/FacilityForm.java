package org.chartkeeper.access.web;

import org.chartkeeper.access.Places.FacilityChange;
import org.chartkeeper.access.Places.FacilityView;
import org.jspecify.annotations.Nullable;

/** A facility on the form. */
class FacilityForm {

    private String code = "";
    private String name = "";
    private String zone = "America/New_York";
    private boolean part2;
    private @Nullable Integer updateDueHours = 48;
    private @Nullable Integer lateEntryHours = 24;
    private boolean active = true;
    private int version;

    static FacilityForm of(FacilityView facility) {
        FacilityForm form = new FacilityForm();
        form.code = facility.code();
        form.name = facility.name();
        form.zone = facility.zone();
        form.part2 = facility.part2();
        form.updateDueHours = facility.updateDueHours();
        form.lateEntryHours = facility.lateEntryHours();
        form.active = facility.active();
        form.version = facility.version();
        return form;
    }

    FacilityChange change() {
        return new FacilityChange(code, name, zone, part2, updateDueHours, lateEntryHours, active);
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getZone() {
        return zone;
    }

    public void setZone(String zone) {
        this.zone = zone;
    }

    public boolean isPart2() {
        return part2;
    }

    public void setPart2(boolean part2) {
        this.part2 = part2;
    }

    public @Nullable Integer getUpdateDueHours() {
        return updateDueHours;
    }

    public void setUpdateDueHours(@Nullable Integer updateDueHours) {
        this.updateDueHours = updateDueHours;
    }

    public @Nullable Integer getLateEntryHours() {
        return lateEntryHours;
    }

    public void setLateEntryHours(@Nullable Integer lateEntryHours) {
        this.lateEntryHours = lateEntryHours;
    }

    public boolean isActive() {
        return active;
    }

    public void setActive(boolean active) {
        this.active = active;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }
}
