using System.Runtime.CompilerServices;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Microsoft.Extensions.AI;

namespace Atlas.Grains.Spending;

/// <summary>A model whose calls are reserved from budgets before they are made, where somebody is charged for them.</summary>
/// <param name="inner">The model.</param>
/// <param name="spending">Pays.</param>
/// <param name="model">Its limit and its price; without a price only tokens are counted.</param>
public sealed class PaidChatClient(IChatClient inner, ModelSpending spending, LlmParameters model) : DelegatingChatClient(inner)
{
    // What is reserved for an answer to which nobody has set a limit.
    private const int UsualAnswer = 4096;

    // Other encodings differ by some per cent, and messages have a frame.
    private const double Margin = 1.25;
    private const int Frame = 16;

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (ModelSpending.Charged is not { Owners.IsEmpty: false } bill)
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }

        var asked = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var question = asked.Sum(message => Frame + (long)(Margin * TokenCounter.Count(message.Text))) + (long)(Margin * TokenCounter.Count(options?.Instructions ?? ""));
        var answer = options?.MaxOutputTokens ?? model.MaxOutputTokens ?? UsualAnswer;
        var reservation = await spending.ReserveAsync(bill, question + answer, Price(question, answer), cancellationToken);
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(asked, options, cancellationToken);
        }
        catch (ModelException failure) when (failure.Failure is ModelFailure.Configuration or ModelFailure.NotAllowed or ModelFailure.BadRequest
            or ModelFailure.RateLimited or ModelFailure.Unreachable or ModelFailure.ServerError or ModelFailure.CircuitOpen)
        {
            // Nobody bills a call that was turned away. Of one that broke off nobody knows, so what was reserved counts.
            await spending.SettleAsync(bill, reservation, 0, 0);
            throw;
        }

        if (response.Usage is { } used)
        {
            var (read, written) = (used.InputTokenCount ?? 0, used.OutputTokenCount ?? 0);
            await spending.SettleAsync(bill, reservation, read + written, Price(read, written));
        }

        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    private decimal Price(long read, long written) => model.Price?.Of(read, written) ?? 0;
}
