using System.Globalization;
using Atlas.Configuration.Agents;
using Atlas.Learning.Options;

namespace Atlas.Cli.Quickstart;

/// <summary>The models for the student, the teacher and the synthesizer of the quickstart.</summary>
/// <param name="Student">The student's model; null for the scripted models in all three roles.</param>
/// <param name="Teacher">The teacher's model.</param>
/// <param name="Synthesizer">The model that distils the playbook.</param>
/// <param name="Price">The price of the student's model; null if unknown.</param>
/// <param name="Source">Where the models were found, for people.</param>
internal sealed record QuickstartModels(
    LlmParameters? Student, LlmParameters? Teacher, LlmParameters? Synthesizer, TokenPrice? Price, string Source)
{
    // The tokens of a task: about six calls of the student with the tools, one of the teacher, one synthesis.
    private const int PromptTokensPerTask = 12_000;
    private const int CompletionTokensPerTask = 1_500;

    private static readonly (string Variable, LlmProvider Provider, string Model, TokenPrice Price)[] Known =
    [
        ("OPENAI_API_KEY", LlmProvider.OpenAI, "gpt-4.1-mini", new() { InputPerMillion = 0.40, OutputPerMillion = 1.60 }),
        ("ANTHROPIC_API_KEY", LlmProvider.Anthropic, "claude-haiku-4-5", new() { InputPerMillion = 1.00, OutputPerMillion = 5.00 }),
        ("GEMINI_API_KEY", LlmProvider.Gemini, "gemini-2.5-flash", new() { InputPerMillion = 0.30, OutputPerMillion = 2.50 }),
        ("XAI_API_KEY", LlmProvider.XAI, "grok-4-fast", new() { InputPerMillion = 0.20, OutputPerMillion = 0.50 }),
    ];

    public bool AreScripted => Student is null;

    /// <summary>Chooses the models of a file, or else those of the first key in the environment, or else the scripted ones.</summary>
    /// <param name="file">The configuration file of an agent; null for none.</param>
    /// <param name="offline">Whether to use the scripted models whatever keys there are.</param>
    /// <param name="readVariable">Reads the environment.</param>
    /// <exception cref="CommandFailedException">The file is missing or invalid, or its agent is not a model.</exception>
    public static QuickstartModels Choose(string? file, bool offline, Func<string, string?> readVariable)
    {
        if (offline)
        {
            return new QuickstartModels(null, null, null, null, "--offline");
        }

        return file is not null ? OfFile(file) : OfEnvironment(readVariable);
    }

    /// <summary>Returns the first lines of the quickstart: the models, and what they cost.</summary>
    public IEnumerable<string> Introduction(int tasks)
    {
        if (AreScripted)
        {
            yield return "Agent, judge and synthesizer are scripted: no language model is called, and this costs nothing. What the agent does "
                + "depends only on its prompt, so it can only get better through its playbook.";
            yield break;
        }

        var (sent, received) = (tasks * PromptTokensPerTask, tasks * CompletionTokensPerTask);
        var cost = Price is { } price
            ? string.Create(CultureInfo.InvariantCulture, $", or about ${price.Of(sent, received):0.00} at the list price known to this version")
            : "; see its provider for prices";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"This uses {Student!.Model} ({Source}) and costs money: about {sent / 1000} thousand tokens sent and {received / 1000} thousand received for {tasks} tasks{cost}. "
            + $"Give --offline to use scripted models instead.");
        yield return "The reward does not come from a model: the desk computes it from the final state of each order.";
    }

    private static QuickstartModels OfEnvironment(Func<string, string?> readVariable)
    {
        foreach (var (variable, provider, model, price) in Known)
        {
            if (!string.IsNullOrWhiteSpace(readVariable(variable)))
            {
                var parameters = new LlmParameters { Provider = provider, Model = model, ApiKeyEnv = variable };
                return new QuickstartModels(
                    parameters, parameters, parameters with { TimeoutSeconds = 120, MaxOutputTokens = 8192 }, price, $"key from {variable}");
            }
        }

        return new QuickstartModels(null, null, null, null, "no key");
    }

    private static QuickstartModels OfFile(string file)
    {
        var configuration = Run.Cluster.RunConfiguration.Read(file);
        return configuration is { Agent: ChatAgentOptions agent, Teacher: { } teacher }
            ? new QuickstartModels(agent.Llm, teacher.Llm, configuration.SynthesizerModel ?? agent.Llm, PriceOf(agent.Llm), file)
            : throw new CommandFailedException(
                ExitCode.CannotStart,
                $"The agent of {file} is not a language model (type litellm), so it cannot work at the practice desk. Run it with `atlas run --config {file}`.");
    }

    private static TokenPrice? PriceOf(LlmParameters model) => model.Price ?? Known
        .Where(known => model.ApiBase is null && model.Model[(model.Model.IndexOf('/', StringComparison.Ordinal) + 1)..] == known.Model)
        .Select(known => known.Price)
        .FirstOrDefault();
}
