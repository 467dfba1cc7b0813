using Atlas.Configuration.Student;

namespace Atlas.Runtime.Prompts;

/// <summary>The student's system prompts, without the playbook.</summary>
internal sealed record StudentPrompts(string Planner, string Executor, string Synthesizer)
{
    private const string PlannerBody = """
        You plan the work on a task before it is done.
        Think about what has to be found out or done, in which order, what each piece of work needs from the others, and which of your tools help.
        Make as few steps as the task needs; each step is something that can be checked when it is done. A step names in depends_on the steps whose results it needs; steps that need nothing from each other can be done side by side.
        Answer with JSON only: {"steps":[{"id":1,"description":"what is to be done","depends_on":[]}]}
        """;

    private const string ExecutorBody = """
        You do one step of a task.
        Use what earlier steps found and, where they help, your tools. If you have been given guidance, follow it. Do the step itself instead of describing how it could be done, and report what came out, with the figures and names that belong to it.
        If something cannot be done, say so and why.
        When the step is done, answer with JSON only: {"status":"ok or failed","result":{"deliverable":"what the step was to bring, as text or JSON","artifacts":null},"reason":"why it failed, or null"}
        """;

    private const string SynthesizerBody = """
        You give the final answer to a task whose steps have been done.
        Take it from the results of the steps; add nothing that they do not show. If a step failed, say what is missing.
        Answer in the form that the task asks for. If it asks for none, answer with JSON only: {"final_answer":"the answer","supporting_evidence":["what shows it"]}
        """;

    /// <summary>Returns the configured prompts, or the built-in ones after the agent's own.</summary>
    public static StudentPrompts Of(string systemPrompt, StudentPromptOptions? custom) => custom is null
        ? new(
            PromptText.After(systemPrompt, PlannerBody),
            PromptText.After(systemPrompt, ExecutorBody),
            PromptText.After(systemPrompt, SynthesizerBody))
        : new(
            PromptText.Fill(custom.Planner, systemPrompt),
            PromptText.Fill(custom.Executor, systemPrompt),
            PromptText.Fill(custom.Synthesizer, systemPrompt));
}
