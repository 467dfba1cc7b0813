using Atlas.Http.Access;
using Atlas.Proxy.Recording;
using Atlas.Proxy.Requests;
using Atlas.Proxy.Routing;

namespace Atlas.Proxy.Budgets;

/// <summary>What a call takes from the budgets of its caller: an estimate before it is made, then what it used.</summary>
internal sealed class CallCharge
{
    /// <summary>The assumed length of an answer that has no limit.</summary>
    private const long UsualAnswer = 4096;

    /// <summary>How many bytes or characters are taken for a token if nobody reports tokens.</summary>
    private const long BytesPerToken = 4;

    private readonly CallBudget _budget;
    private readonly Caller _caller;
    private readonly Upstream _upstream;
    private readonly CallKind _kind;
    private readonly long _input;
    private readonly long _output;
    private CallReservation? _reservation;

    private CallCharge(CallBudget budget, Caller caller, Upstream upstream, CallKind kind, long input, long output) =>
        (_budget, _caller, _upstream, _kind, _input, _output) = (budget, caller, upstream, kind, input, output);

    /// <summary>Reserves what a call can use.</summary>
    /// <param name="budget">The budgets.</param>
    /// <param name="caller">The caller, who pays.</param>
    /// <param name="upstream">The upstream, which knows its prices.</param>
    /// <param name="kind">The kind of the call. If it uses no tokens, nothing is reserved.</param>
    /// <param name="model">The model; null if the body names none.</param>
    /// <param name="bytes">The length of the body.</param>
    /// <param name="scanned">What the call says about its answers; null if it was not read.</param>
    /// <exception cref="Http.Problems.ProblemException">The day's budget is not sufficient.</exception>
    public static async ValueTask<CallCharge> ReserveAsync(
        CallBudget budget, Caller caller, Upstream upstream, CallKind kind, string? model, long bytes, ScannedRequest? scanned)
    {
        var charge = new CallCharge(budget, caller, upstream, kind, bytes / BytesPerToken, kind is CallKind.Embeddings ? 0 : scanned?.MostOutput(UsualAnswer) ?? UsualAnswer);
        if (kind.Spends())
        {
            charge._reservation = await budget.ReserveAsync(
                caller, charge._input + charge._output, upstream.PriceOf(model)?.Of(charge._input, charge._output) ?? 0).ConfigureAwait(false);
        }

        return charge;
    }

    /// <summary>Gives everything back: the call was not made.</summary>
    public void Return() => _budget.Settle(_caller, _reservation, 0, 0);

    /// <summary>Replaces the estimate by what the call used. Refused calls cost nothing. What the upstream does not report is estimated
    /// from the length of request and answer.</summary>
    /// <param name="status">The upstream's status; 0 if there was no answer.</param>
    /// <param name="copy">The copy of the answer, read to its end; null if there is none.</param>
    /// <param name="model">The model that was asked.</param>
    public void Settle(int status, AnswerCopy? copy, string? model)
    {
        if (!_kind.Spends())
        {
            return;
        }

        var answer = copy?.Answer;
        var (input, output) = status is < 200 or >= 300 ? (0, 0)
            : answer is null || copy!.IsCut || answer.GoesOn ? (_input, _output)
            : (answer.InputTokens ?? _input, OutputOf(answer));
        _budget.Settle(
            _caller, _reservation, input + output, _upstream.PriceOf(model)?.Of(input, output, answer?.CachedTokens ?? 0, answer?.CacheWriteTokens ?? 0) ?? 0);
    }

    /// <summary>Returns the tokens of an answer. Some upstreams report a first count before they have written anything.</summary>
    private static long OutputOf(Answer answer)
    {
        var seen = answer.Length / BytesPerToken;
        return answer.OutputTokens is not { } reported ? seen : answer.IsWhole ? reported : Math.Max(reported, seen);
    }
}
