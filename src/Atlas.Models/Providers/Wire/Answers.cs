namespace Atlas.Models.Providers.Wire;

/// <summary>Errors that both protocols report for an unusable answer.</summary>
internal static class Answers
{
    /// <summary>Returns the failure for an answer without text and without a tool call.</summary>
    public static ModelException Empty(Voice voice, bool isLimited) => voice.Failure(
        ModelFailure.Empty,
        isLimited
            ? "used up its token limit before it wrote anything; raise the limit (max_output_tokens, or the setting of the role, such as student.max_step_tokens)"
            : "gave an empty answer: no text and no tool call");
}
