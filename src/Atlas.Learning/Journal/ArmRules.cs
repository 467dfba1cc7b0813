using Atlas.Domain.Experiments;

namespace Atlas.Learning.Journal;

/// <summary>What the settings of an experiment's new arm must be like.</summary>
internal static class ArmRules
{
    private const int LongestName = 200;

    /// <exception cref="RefusedException">The settings break a rule.</exception>
    public static void Demand(ArmSettings configuration)
    {
        if (!configuration.Names.Any())
        {
            throw new RefusedException("The configuration of the new arm is empty. Set at least one of injection_mode, model, system_prompt and synthesizer.");
        }

        if (configuration.Model is { } model && !IsName(model))
        {
            throw new RefusedException("The model of the new arm must be a name of 1 to 200 characters that is not blank and has no control characters.");
        }

        if (configuration.SystemPrompt is { } prompt && (string.IsNullOrWhiteSpace(prompt) || prompt.Length > ArmSettings.LongestPrompt || prompt.Contains('\0', StringComparison.Ordinal)))
        {
            throw new RefusedException($"The system prompt of the new arm must be a text of 1 to {ArmSettings.LongestPrompt} characters that is not blank and does not contain U+0000.");
        }

        if (configuration.Synthesizer is not { } synthesizer)
        {
            return;
        }

        if (!IsName(synthesizer))
        {
            throw new RefusedException("The synthesizer of the new arm must be a name of 1 to 200 characters that is not blank and has no control characters.");
        }

        if (configuration.Names.Count() > 1)
        {
            throw new RefusedException("A synthesizer is compared alone: the arms already differ in the version that it makes. Start another experiment for the other settings.");
        }
    }

    private static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= LongestName && !name.Any(char.IsControl);
}
