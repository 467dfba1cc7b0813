using System.Runtime.CompilerServices;
using Atlas.Domain;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Microsoft.Extensions.AI;

namespace Atlas.Grains.Spending;

/// <summary>A chat client that reserves calls from budgets before they are made, if there is a bill to charge.</summary>
/// <param name="inner">The model.</param>
/// <param name="spending">Makes reservations.</param>
/// <param name="model">The model's limit and price; without a price, only tokens are counted.</param>
public sealed class PaidChatClient(IChatClient inner, ModelSpending spending, LlmParameters model) : DelegatingChatClient(inner)
{
    // The reservation for an answer without a limit.
    private const int UsualAnswer = 4096;

    // Other encodings differ by a few per cent, and messages have some overhead.
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
            // A refused call is not billed. The use of an interrupted one is unknown, so the reservation counts.
            await spending.SettleAsync(bill, reservation, 0, 0);
            throw;
        }

        if (response.Usage is not null)
        {
            // Tokens that are only in the total, such as those of thinking, cost as much as those received.
            var used = TokenUsage.Of(response);
            bill.Count(used.TotalTokens);
            await spending.SettleAsync(bill, reservation, used.TotalTokens, Price(used.PromptTokens, used.TotalTokens - used.PromptTokens));
        }
        else
        {
            bill.Count(question + answer);
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
