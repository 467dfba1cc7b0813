using System.Collections.Concurrent;
using System.Reflection;
using Atlas.Contracts;
using Atlas.Contracts.Access;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Identity;
using Atlas.Identity.Calls;

namespace Atlas.Grains.Calls;

/// <summary>Enforces permissions. Every call that reaches this silo passes through here, from clients, from other silos and from
/// itself.</summary>
/// <remarks>Each method declares what it needs (<see cref="NeedsAttribute"/>); a method without a declaration is for silos only. The author
/// of a change is the authenticated caller, not the name that the caller states.</remarks>
internal sealed class CallGuard(TicketOffice tickets) : IIncomingGrainCallFilter
{
    // What Orleans' own clients ask of a silo: which grains exist, and to cancel a request. Also the timers of grains, whose ticks look
    // like calls but come from no connection.
    private static readonly string[] OfOrleansItself =
    [
        "Orleans.Runtime.IClusterManifestSystemTarget", "Orleans.Runtime.ICancellationSourcesExtension", "Orleans.Runtime.IGrainCallCancellationExtension",
        "Orleans.Runtime.IGrainTimerInvoker",
    ];

    private readonly ConcurrentDictionary<MethodInfo, Rule> _rules = new();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var caller = RequestContext.Get(CallTicket.Key) is string ticket ? tickets.Read(ticket) : null;
        if (caller is null || !caller.Has(AtlasPermissions.Internal))
        {
            // An observer in this process that waits for notifications is not a grain of this silo.
            if (!context.TargetId.IsClient())
            {
                Check(context, caller);
            }

            // Further calls of the grain are made by this silo.
            RequestContext.Remove(CallTicket.Key);
        }

        return context.Invoke();
    }

    private void Check(IIncomingGrainCallContext context, AtlasCaller? caller)
    {
        var rule = _rules.GetOrAdd(context.InterfaceMethod, static method => Rule.Of(method));
        if (rule.IsOpen)
        {
            return;
        }

        if (caller is null)
        {
            throw new AtlasRefusedException(
                "This cluster has a secret, and the call carries no valid credential. Connect with one: set ATLAS_CREDENTIAL, or AtlasClientOptions.Credential.");
        }

        if (rule.Needs is AtlasPermissions.Internal)
        {
            throw new AtlasRefusedException($"Only silos can call {rule.Name}; the {caller.Role} '{caller.Name}' cannot.");
        }

        if (!caller.Has(rule.Needs))
        {
            throw new AtlasRefusedException(
                $"{rule.Name} needs a credential with the role {Lowest(rule.Needs)}; '{caller.Name}' has the role {caller.Role}.");
        }

        Sign(context, caller);
    }

    /// <summary>Replaces the author or reviewer of a command by the caller's own name.</summary>
    private static void Sign(IIncomingGrainCallContext context, AtlasCaller caller)
    {
        for (var i = 0; i < context.Request.GetArgumentCount(); i++)
        {
            switch (context.Request.GetArgument(i))
            {
                case StartSession start:
                    context.Request.SetArgument(i, caller.Has(AtlasPermissions.SpeakForOthers)
                        ? start with { StartedBy = start.StartedBy ?? caller.Name }
                        : start with { PaidBy = null, Given = null, StartedBy = caller.Name });
                    break;
                case CompleteSession { Review: { } review } completion:
                    context.Request.SetArgument(i, completion with { Review = caller.Has(AtlasPermissions.Review) ? Signed(review, caller) : null });
                    break;
                case ReviewDecision decision:
                    context.Request.SetArgument(i, Signed(decision, caller));
                    break;
                case Attribution by when !caller.Has(AtlasPermissions.SpeakForOthers):
                    context.Request.SetArgument(i, by with { Author = caller.Name });
                    break;
            }
        }
    }

    private static ReviewDecision Signed(ReviewDecision decision, AtlasCaller caller) =>
        caller.Has(AtlasPermissions.SpeakForOthers) ? decision : decision with { Reviewer = caller.Name };

    private static string Lowest(AtlasPermissions needs) => AtlasRole.Given.First(role => (AtlasRole.Of(role)!.Value & needs) != 0);

    /// <summary>The requirements of a method.</summary>
    /// <param name="Name">Its name in a sentence.</param>
    /// <param name="Needs">The permissions that the caller needs.</param>
    /// <param name="IsOpen">Whether this guard does not apply: for Orleans itself, and for grains of other libraries in the silo.</param>
    private sealed record Rule(string Name, AtlasPermissions Needs, bool IsOpen)
    {
        public static Rule Of(MethodInfo method)
        {
            var type = method.DeclaringType!;
            var ours = type.Assembly == typeof(NeedsAttribute).Assembly || type.Assembly == typeof(CallGuard).Assembly;
            var orleans = type.Assembly.GetName().Name!.StartsWith("Orleans", StringComparison.Ordinal);
            return new Rule(
                method.Name,
                method.GetCustomAttribute<NeedsAttribute>()?.Permission ?? AtlasPermissions.Internal,
                orleans ? OfOrleansItself.Contains(type.FullName, StringComparer.Ordinal) : !ours);
        }
    }
}
