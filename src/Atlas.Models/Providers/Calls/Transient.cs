using System.Net;
using Polly;
using Polly.Timeout;

namespace Atlas.Models.Providers.Calls;

/// <summary>Classifies failures as transient or not.</summary>
internal static class Transient
{
    /// <summary>Determines whether a retry can help.</summary>
    public static bool MayRetry(Outcome<HttpResponseMessage> outcome) =>
        BreaksCircuit(outcome) || outcome.Result?.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict
        || outcome.Exception is ModelException { Failure: ModelFailure.RateLimited };

    /// <summary>Determines whether the endpoint is failing. One that limits our rate is not.</summary>
    public static bool BreaksCircuit(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Exception: ModelException { Failure: ModelFailure.ServerError or ModelFailure.Incomplete or ModelFailure.TimedOut } } => true,
        { Result: { } response } => response.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError,
        _ => false,
    };
}
