namespace Atlas.OrderDesk.World;

/// <summary>What has been done about one order.</summary>
/// <param name="LookedUp">Whether anybody looked the order up.</param>
/// <param name="Cancelled">Whether it was cancelled.</param>
/// <param name="Refunded">The refunded sum, in cents.</param>
/// <param name="Voucher">The value of the vouchers that were given away, in cents.</param>
/// <param name="Told">What the customer was told last; null if nothing.</param>
public sealed record DeskState(bool LookedUp = false, bool Cancelled = false, int Refunded = 0, int Voucher = 0, string? Told = null);
