using Atlas.OrderDesk.World;
using Xunit;

namespace Atlas.Run.Tests.Desk;

public sealed class DeskVerdictTests
{
    private static readonly DeskOrder Delivered = DeskOrder.Of(1000);
    private static readonly DeskOrder Unsent = DeskOrder.Of(1002);

    [Fact]
    public void A_delivered_order_is_worth_all_when_what_was_paid_went_back_and_the_customer_knows() =>
        Assert.Equal(1, DeskVerdict.Of(Delivered, new DeskState(Refunded: Delivered.Paid, Told: "done")).Score);

    [Fact]
    public void The_sum_that_the_customer_asks_for_is_the_wrong_one() =>
        Assert.Equal(0.5, DeskVerdict.Of(Delivered, new DeskState(Refunded: Delivered.ListPrice)).Score);

    [Fact]
    public void An_order_that_was_not_sent_is_to_be_cancelled_and_not_refunded()
    {
        Assert.Equal(1, DeskVerdict.Of(Unsent, new DeskState(Cancelled: true, Told: "done")).Score);
        Assert.Equal(0, DeskVerdict.Of(Unsent, new DeskState(Refunded: Unsent.Paid)).Score);
    }

    [Fact]
    public void A_voucher_costs_more_than_telling_the_customer_brings() =>
        Assert.Equal(0.4, DeskVerdict.Of(Delivered, new DeskState(Refunded: Delivered.Paid, Told: "done", Voucher: 1000)).Score);

    [Fact]
    public void Nothing_done_is_worth_nothing() => Assert.Equal(0, DeskVerdict.Of(Delivered, new DeskState(LookedUp: true)).Score);
}
