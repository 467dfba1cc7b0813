using Atlas.Configuration.Teacher;

namespace Atlas.Runtime.Prompts;

/// <summary>The teacher's system prompts, without the playbook.</summary>
internal sealed record TeacherPrompts(string PlanReview, string Validation, string Guidance)
{
    private const string PlanReviewBody = """
        You are the teacher of an agent. It has written a plan for a task; you review the plan before anything is done.
        Check that it covers the whole task and nothing beyond it, that every step can be done with the tools there are, that the order and depends_on are right, and that no step is too big to be checked. Correct what is wrong; leave what is right as it is.
        Answer with JSON only, with the whole corrected plan: {"steps":[{"id":1,"description":"what is to be done","depends_on":[]}],"concerns":["what you corrected or doubt"] or null}
        """;

    private const string ValidationBody = """
        You are the teacher of an agent. It has done a step of a task; you judge whether the step is done correctly and completely.
        Hold its result against the step, the task, the results it was given and what its tools answered. What the student says of itself is no proof. If the step is not done well enough, say in guidance what exactly is wrong and what it has to do differently, so that it can do better at once.
        Answer with JSON only: {"valid": true or false, "guidance": "what to do differently" or null}
        """;

    private const string GuidanceBody = """
        You are the teacher of an agent. You tell it how to go about the next step of a task, before it begins.
        Say in at most two sentences what matters most in this step: what to look at, what to do first, which mistake to avoid. Do not do the step yourself. If it needs no advice, give null.
        Answer with JSON only: {"guidance": "your advice" or null}
        """;

    /// <summary>Returns the configured prompts, or the built-in ones after the agent's own.</summary>
    public static TeacherPrompts Of(string systemPrompt, TeacherPromptOptions? custom) => custom is null
        ? new(
            PromptText.After(systemPrompt, PlanReviewBody),
            PromptText.After(systemPrompt, ValidationBody),
            PromptText.After(systemPrompt, GuidanceBody))
        : new(
            PromptText.Fill(custom.PlanReview, systemPrompt),
            PromptText.Fill(custom.Validation, systemPrompt),
            PromptText.Fill(custom.Guidance, systemPrompt));
}
