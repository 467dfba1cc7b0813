using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Models.Providers;
using Atlas.Models.Providers.Routing;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>Asks a language model for a playbook.</summary>
internal sealed class LlmSynthesizer(IChatClient client, LlmSynthesizerOptions options) : ISynthesizer
{
    private readonly ModelDescription? _model = client.GetService<ModelDescription>();

    // Some models do not accept what their provider accepts; this is found out once.
    private volatile bool _schemaRefused;

    public string Name => _model is null ? LlmSynthesizerCatalogExtensions.LlmProvider : $"{ModelRoute.NameOf(_model.Provider)}/{_model.Model}";

    public async Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var input = SynthesisInput.Of(request, options);
        if (input.Sessions == 0 && request.Sessions.Length > 0)
        {
            throw new SynthesisException(
                $"The playbook of '{request.LearningKey}' leaves no room for a session within {options.InputTokens} input tokens. Raise the synthesizer's limit.");
        }

        var messages = SynthesisPrompt.Messages(request.Options.Prompts?.Synthesizer, input.Data);
        var (response, strict) = await AskAsync(messages, ct).ConfigureAwait(false);
        var usage = TokenUsage.Of(response);
        var answer = AnswerReader.Read(response.Text) ?? throw Unusable(response);
        if (response.FinishReason == ChatFinishReason.Length)
        {
            answer = answer with { CutOff = true };
        }

        return Proposal.Of(answer, request, input) with
        {
            Usage = usage,
            Audit = new JsonObject
            {
                ["model"] = Name,
                ["messages"] = AnswerRecord.Messages(messages),
                ["response"] = response.Text,
                ["reasoning"] = AnswerRecord.Reasoning(response),
                ["raw_response"] = AnswerRecord.Raw(response),
                ["structured_output"] = strict,
                ["repaired"] = answer.Repaired,
                ["cut_off"] = answer.CutOff,
                ["input_tokens"] = input.Tokens,
            },
        };
    }

    private async Task<(ChatResponse Response, bool Strict)> AskAsync(List<ChatMessage> messages, CancellationToken ct)
    {
        try
        {
            if (_model?.TakesJsonSchema == true && !_schemaRefused)
            {
                try
                {
                    var strict = await client.GetResponseAsync(messages, StrictOptions(), ct).ConfigureAwait(false);
                    return (strict, !LeftOutParameters.Of(strict).Any(name => name.StartsWith("response_format", StringComparison.Ordinal) || name.StartsWith("output_config", StringComparison.Ordinal)));
                }
                catch (ModelException failure) when (failure.Failure == ModelFailure.BadRequest)
                {
                    _schemaRefused = true;
                }
            }

            var response = await client.GetResponseAsync(messages, new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, ct).ConfigureAwait(false);
            return (response, false);
        }
        catch (ModelException failure)
        {
            // If the call is refused without a schema too, the schema was not the reason.
            _schemaRefused &= failure.Failure != ModelFailure.BadRequest;
            throw new SynthesisException(failure.Message, failure);
        }
    }

    private static ChatOptions StrictOptions() => new()
    {
        ResponseFormat = PlaybookSchema.Format,
        AdditionalProperties = new() { ["strict"] = true },
    };

    private SynthesisException Unusable(ChatResponse response)
    {
        if (response.FinishReason == ChatFinishReason.ContentFilter || response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().Any())
        {
            return new($"{Name} refused to answer.");
        }

        return string.IsNullOrWhiteSpace(response.Text)
            ? new($"{Name} gave an empty answer{(response.FinishReason == ChatFinishReason.Length ? ": its token limit was used up before it wrote anything" : "")}.")
            : new($"The answer of {Name} contains no playbook. Expected a JSON object with 'add_entries', 'revise_entries' and 'retire_entries'.");
    }
}
