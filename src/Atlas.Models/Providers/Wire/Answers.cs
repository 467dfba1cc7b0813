namespace Atlas.Models.Providers.Wire;

/// <summary>What both protocols say of an answer that is none.</summary>
internal static class Answers
{
    /// <summary>An answer without a word and without a call of a tool.</summary>
    public static ModelException Empty(Voice voice, bool isLimited) => voice.Failure(
        ModelFailure.Empty,
        isLimited
            ? "used up its limit of tokens before it wrote anything; allow it more (max_output_tokens, or what the role has of its own, say student.max_step_tokens)"
            : "answered with nothing: no text, and no call of a tool");
}
