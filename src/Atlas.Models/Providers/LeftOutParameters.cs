using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers;

/// <summary>Tells what a model refused in a request, so that the call was made without it.</summary>
public static class LeftOutParameters
{
    internal const string Key = "atlas.left_out";

    /// <summary>Returns the names of what was left out, such as <c>temperature</c> or <c>response_format.json_object</c>; empty if
    /// everything was sent.</summary>
    /// <param name="response">An answer of a client of <see cref="ChatClientFactory"/>.</param>
    public static IReadOnlyList<string> Of(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.AdditionalProperties?.GetValueOrDefault(Key) as string[] ?? [];
    }
}
