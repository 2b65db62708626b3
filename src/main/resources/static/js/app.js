// Starts what a page needs. Each behaviour is a module of its own and works alone.
import "./theme.js";
