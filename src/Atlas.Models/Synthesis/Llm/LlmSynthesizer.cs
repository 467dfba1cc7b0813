using System.Text.Json.Nodes;
using Atlas.Models.Providers;
using Atlas.Models.Providers.Routing;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>Asks a language model for a playbook.</summary>
internal sealed class LlmSynthesizer(IChatClient client, LlmSynthesizerOptions options) : ISynthesizer
{
    private readonly ModelDescription? _model = client.GetService<ModelDescription>();

    public string Name => _model is null ? LlmSynthesizerCatalogExtensions.LlmProvider : $"{ModelRoute.NameOf(_model.Provider)}/{_model.Model}";

    public async Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var input = SynthesisInput.Of(request, options);
        if (input.Sessions == 0 && request.Sessions.Length > 0)
        {
            throw new SynthesisException(
                $"Not one session fits beside the playbook of '{request.LearningKey}' into {options.InputTokens} tokens; allow the synthesizer more.");
        }

        var messages = SynthesisPrompt.Messages(request.Options.Prompts.Synthesizer, input.Data);
        var strict = _model?.TakesJsonSchema == true;
        var response = await AskAsync(messages, strict, ct).ConfigureAwait(false);
        var usage = ModelUsage.Of(response);
        var answer = AnswerReader.Read(response.Text) ?? throw Unusable(response);
        if (response.FinishReason == ChatFinishReason.Length)
        {
            answer = answer with { CutOff = true };
        }

        return Proposal.Of(answer, request, input) with
        {
            Usage = new SynthesisUsage(usage.Calls, usage.PromptTokens, usage.CompletionTokens),
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

    private async Task<ChatResponse> AskAsync(List<ChatMessage> messages, bool strict, CancellationToken ct)
    {
        var call = new ChatOptions { ResponseFormat = strict ? PlaybookSchema.Format : ChatResponseFormat.Json };
        if (strict)
        {
            (call.AdditionalProperties ??= [])["strict"] = true;
        }

        try
        {
            return await client.GetResponseAsync(messages, call, ct).ConfigureAwait(false);
        }
        catch (ModelException failure)
        {
            throw new SynthesisException(failure.Message, failure);
        }
    }

    private SynthesisException Unusable(ChatResponse response)
    {
        if (response.FinishReason == ChatFinishReason.ContentFilter || response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().Any())
        {
            return new($"{Name} refused to answer.");
        }

        return string.IsNullOrWhiteSpace(response.Text)
            ? new($"{Name} gave an empty answer{(response.FinishReason == ChatFinishReason.Length ? ": its limit of tokens was used up before it began to write" : "")}.")
            : new($"The answer of {Name} holds no playbook: a JSON object with 'playbook_entries' was asked for.");
    }
}
