import { ANALYSES } from "./analyses.ts";
import { answerAssignments } from "./answer-assignments.ts";

/** The whole program of an analysis thread. */
answerAssignments(ANALYSES);
